namespace Goldilocks.Core;

/// <summary>
/// An error whose message is written for the person at the terminal: one line that says what is wrong, what is allowed and what to do.
/// Commands print it without a stack trace and exit with <see cref="ExitCode"/>.
/// </summary>
public class GoldilocksException(string message, int exitCode = ExitCodes.Usage, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>One of <see cref="ExitCodes"/>.</summary>
    public int ExitCode { get; } = exitCode;
}
