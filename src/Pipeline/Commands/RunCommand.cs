using System.CommandLine;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks run</c>.</summary>
internal static class RunCommand
{
    public const string Examples = """
          goldilocks run                                the quickstart pipeline
          goldilocks run --dry-run                      what would run, and why
          goldilocks run quickstart --set train.seed=7  another seed; only what depends on it runs
          goldilocks run --force --jobs 1               everything again, on one thread
        """;

    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would run, and why." };
        var force = new Option<bool>("--force") { Description = "Run every stage from scratch, also what is up to date." };
        var keepGoing = new Option<bool>("--keep-going", "-k") { Description = "After a failure go on with what does not depend on it." };
        var executor = new Option<string>("--executor") { Description = "Who trains a sweep's runs. local: this process, --jobs at a time; debug: one run at a time, the first that breaks ends it; slurm: a job array with a task for each shard, --jobs CPUs each (default 1).", DefaultValueFactory = _ => "local" };
        executor.AcceptOnlyFromAmong("local", "debug", "slurm");
        var shards = new Option<int?>("--shards") { Description = "Files that a sweep's runs are kept in until they are done; results do not depend on it. Default: one for every 256 runs; with slurm one for each run, at most 64.", HelpName = "N" };
        var submitOnly = new Option<bool>("--submit-only") { Description = "With slurm: submit and return; the same command without it follows the job and collects the results." };
        var slurmOptions = new Option<string[]>("--slurm-option")
        {
            Description = "With slurm: an option for sbatch, such as --slurm-option=--time=01:00:00. May be repeated.", HelpName = "OPTION", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = false,
        };
        var command = new Command("run", "Run what is not up to date in the named pipelines (default: quickstart).")
        {
            options.Pipelines, dryRun, force, keepGoing, options.Jobs, executor, shards, submitOnly, slurmOptions, options.Set, options.Artifacts, options.File, options.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var selection = Selection.From(parsed, options, stages, allByDefault: false);
            if (parsed.GetValue(dryRun)) return Task.FromResult(StatusCommand.Show(parsed, options, selection, parsed.GetValue(force), configuration: true));

            var run = new RunOptions(parsed.GetValue(options.Jobs), parsed.GetValue(force), parsed.GetValue(keepGoing), parsed.GetValue(shards))
            {
                Executor = Executor(),
            };
            return Task.FromResult(Execute(parsed, selection, run, parsed.GetValue(options.Json), cancellation));

            IExecutor Executor()
            {
                if (parsed.GetValue(executor) == "slurm")
                {
                    var cpus = parsed.GetResult(options.Jobs) is { Implicit: false } ? parsed.GetValue(options.Jobs) : 1;
                    return new ClusterExecutor(new SlurmClient(), cpus, parsed.GetValue(slurmOptions) ?? [], parsed.GetValue(submitOnly));
                }

                if (parsed.GetValue(submitOnly) || parsed.GetValue(slurmOptions) is { Length: > 0 }) throw new GoldilocksException("--submit-only and --slurm-option belong to --executor slurm.");
                return parsed.GetValue(executor) == "debug" ? new DebugExecutor() : new LocalExecutor();
            }
        });
        return command;
    }

    /// <summary>Runs what is selected and tells how it went.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public static int Execute(ParseResult parsed, Selection selection, RunOptions run, bool json, CancellationToken cancellation)
    {
        var writers = parsed.InvocationConfiguration;
        var display = Displays.Choose(json ? writers.Error : writers.Output, writers.Error);
        var outcomes = new PipelineRunner(display, run).Run(selection.Pipelines, cancellation);
        var exitCode = Conclude(outcomes, display, run.KeepGoing);
        if (json) StateJson.Write(writers.Output, Document(selection, outcomes));
        if (outcomes.Any(outcome => outcome.Result == StageResult.Interrupted)) cancellation.ThrowIfCancellationRequested();

        // Every report links to the overview.
        if (outcomes.Any(outcome => outcome is { Stage.Name: "report", Result: StageResult.Done }))
            Overview.Write(selection.Workspace, selection.File, new Planner(selection.Stages, selection.Workspace.Artifacts), PipelineFile.QuickPreset, cancellation);
        return exitCode;
    }

    private static int Conclude(IReadOnlyList<StageOutcome> outcomes, IDisplay display, bool keepGoing)
    {
        var failed = outcomes.Where(outcome => outcome.Result == StageResult.Failed).ToArray();
        if (failed.Length == 0) return ExitCodes.Success;
        if (keepGoing)
        {
            var skipped = outcomes.Count(outcome => outcome.Result == StageResult.Skipped);
            display.Error($"{failed.Length} of {outcomes.Count} stages failed, {skipped} skipped:");
            foreach (var outcome in failed) display.Error($"  {outcome.Error}");
        }

        return failed[0].ExitCode;
    }

    private static JsonObject Document(Selection selection, IReadOnlyList<StageOutcome> outcomes) => new()
    {
        ["pipelines"] = new JsonArray([.. selection.Pipelines.Select(pipeline =>
            StateJson.Pipeline(pipeline, outcomes.Where(outcome => outcome.Stage.Pipeline == pipeline.Name).Select(StateJson.Outcome)))]),
    };
}
