using System.CommandLine;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks report</c>: the pages of everything that has run, and the overview over them.</summary>
internal static class ReportCommand
{
    public const string Examples = """
          goldilocks report                    draw what has been trained; the overview is artifacts/index.html
          goldilocks report fig6b              only this one, and the overview
          goldilocks report --output site      a copy of all pages, without tables and models, to pass on
        """;

    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var output = new Option<string?>("--output", "-o") { HelpName = "DIR", Description = "Copy the pages into this folder, which must be empty, missing, or an earlier copy. Tables and models stay where they are." };
        var command = new Command("report", "Draw the reports of pipelines whose other stages are up to date (default: all), and an overview with the verdicts of the ledger. Nothing is trained.")
        {
            options.Pipelines, output, options.Preset, options.Jobs, options.Artifacts, options.File,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var selection = Selection.From(parsed, options, stages, allByDefault: true);
            var (workspace, file, writers) = (selection.Workspace, selection.File, parsed.InvocationConfiguration);
            var waiting = selection.Pipelines.Where(IsReady).ToArray();
            var outcomes = new PipelineRunner(Displays.Choose(writers.Output, writers.Error), new RunOptions(parsed.GetValue(options.Jobs), KeepGoing: true)).Run(waiting, cancellation);
            if (outcomes.Any(outcome => outcome.Result == StageResult.Interrupted)) cancellation.ThrowIfCancellationRequested();

            var (planner, preset) = (new Planner(stages, workspace.Artifacts), parsed.GetRequiredValue(options.Preset));
            var page = Overview.Write(workspace, file, planner, preset, cancellation);
            if (parsed.GetValue(output) is { } folder) page = SiteCopy.Write(workspace.Artifacts, [.. file.All.Select(pipeline => pipeline.Name)], folder, cancellation);
            writers.Output.WriteLine($"see {Short.Path(page)}");
            return Task.FromResult(outcomes.FirstOrDefault(outcome => outcome.Result == StageResult.Failed)?.ExitCode ?? ExitCodes.Success);
        });
        return command;
    }

    /// <summary>Whether the report, and nothing else, is to be drawn.</summary>
    private static bool IsReady(PlannedPipeline pipeline)
    {
        var states = StageInspector.Inspect(pipeline, force: false);
        return states.All(one => one.State.UpToDate || (one.Stage.Name == "report" && one.State.WaitsFor.Count == 0)) && states.Any(one => !one.State.UpToDate);
    }
}
