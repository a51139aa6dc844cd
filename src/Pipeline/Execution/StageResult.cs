namespace Goldilocks.Pipeline;

/// <summary>What became of a stage in a run.</summary>
internal enum StageResult
{
    UpToDate,
    Done,
    Failed,

    /// <summary>Not tried: an input failed, or an earlier failure ended the run.</summary>
    Skipped,
    Interrupted,

    /// <summary>Handed to a cluster, which works on it.</summary>
    Submitted,
}
