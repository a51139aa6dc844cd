namespace Goldilocks.Core;

/// <summary>The documented exit codes of every command.</summary>
public static class ExitCodes
{
    public const int Success = 0;

    /// <summary>A stage failed while running.</summary>
    public const int StageFailed = 1;

    /// <summary>Wrong usage or bad input: configuration, arguments, files, folders.</summary>
    public const int Usage = 2;

    /// <summary>A verification found a mismatch.</summary>
    public const int Mismatch = 3;

    /// <summary>Interrupted by a scheduler with the state saved; the next run resumes (EX_TEMPFAIL).</summary>
    public const int Resumable = 75;

    /// <summary>Interrupted by the user (128 + SIGINT); the next run resumes.</summary>
    public const int Interrupted = 130;
}
