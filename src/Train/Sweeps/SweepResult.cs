using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>What came out of a sweep.</summary>
/// <param name="Records">Of the finished runs, in the order of the sweep; without curves and embeddings, which are in the tables.</param>
/// <param name="Failures">The runs that broke.</param>
public sealed record SweepResult(IReadOnlyList<RunRecord> Records, IReadOnlyList<RunFailure> Failures)
{
    private const int MostNamed = 5;

    /// <summary>The failures in one line, as the error that they make of the sweep.</summary>
    public GoldilocksException Error() => new(
        $"{Failures.Count} of {Failures.Count + Records.Count} runs failed: {string.Join("; ", Failures.Take(MostNamed).Select(failure => $"{failure.Config.ShortRun} ({failure.Reason.TrimEnd('.')})"))}"
        + $"{(Failures.Count > MostNamed ? $"; and {Failures.Count - MostNamed} more" : "")}. The others are kept; the same command tries these again.", ExitCodes.StageFailed);
}

/// <summary>A run that broke.</summary>
/// <param name="Config">The run.</param>
/// <param name="Reason">Why: one line.</param>
public sealed record RunFailure(RunConfig Config, string Reason);
