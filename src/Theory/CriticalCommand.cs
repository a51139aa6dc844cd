using System.CommandLine;
using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Theory;

/// <summary><c>theory critical</c>.</summary>
internal static class CriticalCommand
{
    private const int LargestP = 64;
    private const int MostDraws = 10_000_000;

    public static Command Create()
    {
        var p = new Option<int>("--p") { Description = $"Number of symbols, 3..{LargestP}", DefaultValueFactory = _ => 10 };
        var draws = new Option<int>("--draws") { Description = "Random training sets per size", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<long>("--seed") { Description = "Seed of the draws", DefaultValueFactory = _ => 0 };
        var command = new Command("critical", "Probability of a unique linear structure against the training-set size, as CSV") { p, draws, seed };
        command.SetAction((parsed, cancellation) =>
        {
            Run(parsed.GetValue(p), parsed.GetValue(draws), parsed.GetValue(seed), parsed.InvocationConfiguration.Output, cancellation);
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }

    private static void Run(int p, int draws, long seed, TextWriter output, CancellationToken cancellation)
    {
        if (p is < 3 or > LargestP) throw new GoldilocksException($"--p {p} is outside 3..{LargestP}");
        if (draws is < 1 or > MostDraws) throw new GoldilocksException($"--draws {draws} is outside 1..{MostDraws}");
        if (seed < 0) throw new GoldilocksException($"--seed {seed} is outside 0..{long.MaxValue}");
        var curve = CriticalFraction.Estimate(p, draws, (ulong)seed, Environment.ProcessorCount, cancellation);
        output.WriteLine("samples,fraction,unique,draws,low,high");
        for (var n = 1; n <= curve.Samples; n++)
        {
            var (low, high) = curve.Interval(n);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{n},{(double)n / curve.Samples:0.0000},{curve.Successes[n]},{draws},{low:0.000000},{high:0.000000}"));
        }
    }
}
