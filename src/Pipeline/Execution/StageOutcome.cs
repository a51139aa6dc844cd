namespace Goldilocks.Pipeline;

/// <summary>What became of a stage in a run, and why.</summary>
internal sealed record StageOutcome(PlannedStage Stage, StageResult Result)
{
    /// <summary>Why it ran or was to run.</summary>
    public IReadOnlyList<string> Reasons { get; init; } = [];

    /// <summary>When done or up to date.</summary>
    public Manifest? Manifest { get; init; }

    /// <summary>When failed or skipped: one line.</summary>
    public string? Error { get; init; }

    public int ExitCode { get; init; }

    /// <summary>Time spent in this run.</summary>
    public TimeSpan Duration { get; init; }
}
