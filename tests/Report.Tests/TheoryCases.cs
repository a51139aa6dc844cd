using Goldilocks.Numerics.Generators;
using Goldilocks.Theory;

namespace Goldilocks.Report.Tests;

/// <summary>Training sets over which the page's arithmetic is compared with the theory's.</summary>
internal static class TheoryCases
{
    /// <summary>Random sets of 2 to 12 symbols, and for each number of symbols the sets on which arithmetic most easily goes wrong.</summary>
    public static IReadOnlyList<Split> All { get; } =
    [
        .. from samples in Samples(2, 12) from chosen in Special(samples) select Of(samples, chosen),
        .. from samples in Samples(2, 12) from seed in Enumerable.Range(0, 20) select Drawn(samples, (ulong)seed),
        .. from samples in Samples(16, 16) from seed in Enumerable.Range(0, 4) select Drawn(samples, (ulong)seed),
    ];

    public static SampleSet Create(string operation, int symbols) =>
        operation == "add" ? SampleSet.Addition(symbols) : SampleSet.ModularAddition(symbols, ordered: false);

    private static IEnumerable<SampleSet> Samples(int fewest, int most) =>
        from symbols in Enumerable.Range(fewest, most - fewest + 1) from operation in (string[])["add", "modular_add"] select Create(operation, symbols);

    /// <summary>Nothing, everything, one pair, a symbol apart from the rest, symbols in threes, odd answers, doubles only, two answers.</summary>
    private static IEnumerable<Func<int, int, bool>> Special(SampleSet samples)
    {
        var p = samples.Symbols;
        return
        [
            (_, _) => false, (_, _) => true, (a, b) => a == 0 && b == p - 1, (_, b) => b != p - 1, (a, b) => a / 3 == b / 3,
            (a, b) => (a + b) % 2 == 1, (a, b) => a == b, (a, b) => a + b == p - 1 || a + b == p - 2,
        ];
    }

    private static Split Of(SampleSet samples, Func<int, int, bool> chosen) =>
        Split.Of(samples, [.. Enumerable.Range(0, samples.Count).Where(s => chosen(samples.First[s], samples.Second[s]))]);

    private static Split Drawn(SampleSet samples, ulong seed) =>
        Split.Counter(samples, new CounterRandom(seed, RandomStream.Split, substream: 1).NextInt32(samples.Count + 1), seed);
}
