namespace Goldilocks.Report;

/// <summary>
/// How many training sets could be generalised at all: those whose ideal accuracy is 1 (section 3.1), whatever network is trained on them. A seed draws one
/// training set for all cells, unless a swept parameter changes it.
/// </summary>
internal sealed class SplitShares
{
    /// <summary>Shares of few samples are 1 or far from it.</summary>
    private const double Rounding = 1e-9;

    private SplitShares(IReadOnlyList<RunRow> runs)
    {
        (Able, Unable) = ([.. runs.Where(IsAble)], [.. runs.Where(run => !IsAble(run))]);
        var seeds = runs.Where(run => run.Integer("seed") is not null).GroupBy(run => run.Seed).OrderBy(group => group.Key).ToArray();
        if (seeds.Length > 0 && seeds.All(seed => seed.Max(Ideal) - seed.Min(Ideal) < Rounding)) Seeds = [.. seeds.Select(seed => (seed.Key, Ideal(seed.First())))];
    }

    /// <summary>Null where a run has no ideal accuracy: the task has none.</summary>
    public static SplitShares? Of(IReadOnlyList<RunRow> runs) => runs.All(run => run.Number("ideal_accuracy") is not null) ? new SplitShares(runs) : null;

    /// <summary>Runs whose training set implies the answer to every sample.</summary>
    public IReadOnlyList<RunRow> Able { get; }

    /// <summary>The other runs.</summary>
    public IReadOnlyList<RunRow> Unable { get; }

    /// <summary>Each seed with the ideal accuracy of its training set, by seed; empty where a seed's training sets differ from cell to cell.</summary>
    public IReadOnlyList<(long Seed, double Ideal)> Seeds { get; } = [];

    /// <summary>"7 of 10 seeds", or "70 of 100 runs" where seeds have several training sets.</summary>
    public string Words => Seeds.Count > 0
        ? $"{Numbers.Of(Seeds.Count(seed => IsOne(seed.Ideal)), Seeds.Count)} seeds"
        : $"{Numbers.Of(Able.Count, Able.Count + Unable.Count)} runs";

    /// <summary>Whether an ideal accuracy is all.</summary>
    public static bool IsOne(double ideal) => ideal > 1 - Rounding;

    private static bool IsAble(RunRow run) => IsOne(Ideal(run));

    private static double Ideal(RunRow run) => run.RealNumber("ideal_accuracy");
}
