using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>An exception as the line, exit code and log it deserves.</summary>
/// <param name="Message">One line.</param>
/// <param name="ExitCode">One of <see cref="ExitCodes"/>.</param>
/// <param name="Expected">Written for the user; there is nothing more to tell in a log.</param>
internal sealed record Failure(string Message, int ExitCode, bool Expected)
{
    // errno of ENOSPC, EROFS, EDQUOT (Linux) and ERROR_DISK_FULL (Windows), which .NET leaves in HResult.
    private static readonly int[] FullOrReadOnly = [28, 30, 122, unchecked((int)0x80070070)];

    public static Failure From(Exception exception)
    {
        var cause = Cause(exception);
        if (cause is GoldilocksException known) return new Failure(OneLine(known.Message), known.ExitCode, Expected: true);
        if (cause is UnauthorizedAccessException || (cause is IOException && FullOrReadOnly.Contains(cause.HResult)))
        {
            return new Failure(
                $"{OneLine(cause.Message).TrimEnd('.')}. Check that the folder is writable and has space, or choose another with --artifacts DIR.", ExitCodes.Usage, Expected: true);
        }

        return new Failure($"{cause.GetType().Name}: {OneLine(cause.Message)}", ExitCodes.StageFailed, Expected: false);
    }

    /// <summary>Whether the exception is the answer to a cancellation, also out of parallel work.</summary>
    public static bool IsCancellation(Exception exception) =>
        exception is OperationCanceledException || (exception is AggregateException several && several.Flatten().InnerExceptions.Any(IsCancellation));

    private static Exception Cause(Exception exception)
    {
        if (exception is not AggregateException several) return exception;
        var inner = several.Flatten().InnerExceptions;
        return inner.OfType<GoldilocksException>().FirstOrDefault() ?? inner.FirstOrDefault() ?? exception;
    }

    private static string OneLine(string message) => message.ReplaceLineEndings(" ");
}
