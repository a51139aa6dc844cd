using System.CommandLine;
using Goldilocks.Core;
using Goldilocks.Report;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks watch</c>: run, and a page on which the training can be followed.</summary>
internal static class WatchCommand
{
    public const string Examples = """
          goldilocks watch                                the quickstart pipeline, live in the browser
          goldilocks watch quickstart --set train.seed=7  another seed
          goldilocks watch fig2 --preset quick --jobs 2   a sweep; the page lets you choose among its runs
          goldilocks watch --force --port 8080            again, at a port of your choice
        """;

    private const int HighestPort = 65535;

    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var force = new Option<bool>("--force") { Description = "Run every stage from scratch, also what is up to date." };
        var preset = new Option<string?>("--preset") { HelpName = "NAME", Description = "Which of a pipeline's presets; a pipeline that has none of this name runs as it is written." };
        var port = new Option<int>("--port") { HelpName = "N", Description = $"Port of the page, 1 to {HighestPort}. Default: one that is free." };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var text] && !(int.TryParse(text.Value, out var number) && number is >= 1 and <= HighestPort)) result.AddError($"--port must be a whole number from 1 to {HighestPort}, not \"{text.Value}\".");
        });
        var command = new Command("watch", "Do what run does, and show the training live on a page that only this machine can open.")
        {
            options.Pipelines, preset, force, options.Jobs, port, options.Set, options.Artifacts, options.File,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var selection = Selection.From(parsed, options, stages, allByDefault: false, parsed.GetValue(preset));
            var run = new RunOptions(parsed.GetValue(options.Jobs), parsed.GetValue(force));
            var output = parsed.InvocationConfiguration.Output;
            if (selection.Pipelines.FirstOrDefault(pipeline => Trains(pipeline, run.Force)) is not { } first)
            {
                output.WriteLine("watch: there is nothing to watch, for nothing is to be trained; --force trains again");
                return Task.FromResult(RunCommand.Execute(parsed, selection, run, json: false, cancellation));
            }

            LeaveThreads(run.Jobs);
            var hub = new WatchHub(first);
            using var server = WatchServer.Start(hub, parsed.GetValue(port));
            output.WriteLine($"watch: {server.Address} (closed when this command ends)");
            output.Flush();
            var code = RunCommand.Execute(parsed, selection, run with { Executor = new WatchedExecutor(run.Executor, hub, selection.Pipelines) }, json: false, cancellation);
            hub.Reach(code == ExitCodes.Success ? LiveStage.Done : LiveStage.Failed);
            server.SayFarewell(cancellation);
            return Task.FromResult(code);
        });
        return command;
    }

    private static bool Trains(PlannedPipeline pipeline, bool force) =>
        StageInspector.Inspect(pipeline, force).Any(one => one.Stage.Name == "train" && !one.State.UpToDate);

    /// <summary>Training takes as many threads of the pool as there are jobs; the server needs some beside them.</summary>
    private static void LeaveThreads(int jobs)
    {
        ThreadPool.GetMinThreads(out var workers, out var ports);
        ThreadPool.SetMinThreads(Math.Max(workers, jobs + 4), ports);
    }
}
