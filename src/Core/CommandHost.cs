using System.CommandLine;

namespace Goldilocks.Core;

/// <summary>Runs a command tree: Ctrl-C cancels, user errors become one line on standard error and a documented exit code.</summary>
public static class CommandHost
{
    /// <summary>Parses and runs <paramref name="command"/>.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static async Task<int> RunAsync(Command command, string[] arguments)
    {
        var parsed = command.Parse(arguments);
        if (parsed.Errors.Count > 0)
        {
            foreach (var error in parsed.Errors) await Console.Error.WriteLineAsync($"error: {error.Message}");
            await Console.Error.WriteLineAsync($"Run '{command.Name} --help' for usage.");
            return ExitCodes.Usage;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (GoldilocksException e)
        {
            await Console.Error.WriteLineAsync($"error: {e.Message}");
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await Console.Error.WriteLineAsync("interrupted: finished work is kept; the same command resumes.");
            return ExitCodes.Interrupted;
        }
    }
}
