using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;

namespace Goldilocks.Core;

/// <summary>
/// Runs a command tree: Ctrl-C, SIGTERM and SIGUSR1 cancel, user errors become one line on standard error and a documented exit code.
/// Commands write to <see cref="InvocationConfiguration.Output"/> and <see cref="InvocationConfiguration.Error"/> of their parse result.
/// </summary>
public static class CommandHost
{
    /// <summary>SIGUSR1 on Linux, by which schedulers announce that the time is nearly up; .NET has no name for it.</summary>
    private const PosixSignal UserSignal1 = (PosixSignal)10;

    /// <summary>Parses and runs <paramref name="command"/> on the console.</summary>
    /// <returns>One of <see cref="ExitCodes"/>.</returns>
    public static Task<int> RunAsync(Command command, string[] arguments) => RunAsync(command, arguments, Console.Out, Console.Error);

    /// <summary>As <see cref="RunAsync(Command, string[])"/>, writing to the given writers.</summary>
    public static async Task<int> RunAsync(Command command, string[] arguments, TextWriter output, TextWriter error)
    {
        // A command that is mounted below a root inherits its --help; alone it needs its own.
        if (command is not RootCommand && !command.Options.OfType<HelpOption>().Any()) command.Add(new HelpOption());
        var parsed = command.Parse(arguments);
        if (UsageErrors.Lines(parsed) is { Count: > 0 } errors)
        {
            foreach (var line in errors) await error.WriteLineAsync($"error: {line}");
            await error.WriteLineAsync($"Run '{UsageErrors.Path(parsed.CommandResult)} --help' for usage.");
            return ExitCodes.Usage;
        }

        using var cancellation = new CancellationTokenSource();
        var signal = PosixSignal.SIGINT;
        void Interrupt(PosixSignalContext context)
        {
            // A second Ctrl-C ends the process at once. Other signals do not: schedulers and wrappers may send several, to every process of a group.
            if (cancellation.IsCancellationRequested)
            {
                context.Cancel = context.Signal != PosixSignal.SIGINT;
                return;
            }

            context.Cancel = true;
            signal = context.Signal;
            error.WriteLine("interrupting: finishing the current step (press Ctrl-C again to stop at once)");
            cancellation.Cancel();
        }

        // An action that cannot be cancelled keeps the system's own behaviour: the signal ends it.
        var cancellable = parsed.Action is AsynchronousCommandLineAction;
        using var interrupt = cancellable ? PosixSignalRegistration.Create(PosixSignal.SIGINT, Interrupt) : null;
        using var terminate = cancellable ? PosixSignalRegistration.Create(PosixSignal.SIGTERM, Interrupt) : null;
        using var announce = cancellable && OperatingSystem.IsLinux() ? PosixSignalRegistration.Create(UserSignal1, Interrupt) : null;
        try
        {
            var configuration = new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
                Output = output,
                Error = error,
            };
            return await parsed.InvokeAsync(configuration, cancellation.Token);
        }
        catch (GoldilocksException e)
        {
            await error.WriteLineAsync($"error: {e.Message}");
            return e.ExitCode;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("interrupted: finished work is kept; the same command resumes.");
            return signal == PosixSignal.SIGINT ? ExitCodes.Interrupted : ExitCodes.Resumable;
        }
    }
}
