using System.CommandLine;
using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks status</c>, also what <c>run --dry-run</c> shows.</summary>
internal static class StatusCommand
{
    public const string Examples = """
          goldilocks status                           every pipeline
          goldilocks status quickstart --set train.seed=7
          goldilocks status --json | jq '.pipelines[].stages[] | {stage, state, reasons}'
        """;

    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var command = new Command("status", "Say of each stage whether it is up to date or would run, and why.")
        {
            options.Pipelines, options.Set, options.Artifacts, options.File, options.Json,
        };
        command.SetAction(parsed => Show(parsed, options, Selection.From(parsed, options, stages, allByDefault: true), force: false, configuration: false));
        return command;
    }

    public static int Show(ParseResult parsed, CommonOptions options, Selection selection, bool force, bool configuration)
    {
        var output = parsed.InvocationConfiguration.Output;
        var pipelines = new JsonArray();
        foreach (var pipeline in selection.Pipelines)
        {
            var states = StageInspector.Inspect(pipeline, force);
            if (parsed.GetValue(options.Json))
            {
                pipelines.Add((JsonNode)StateJson.Pipeline(pipeline, states.Select(one => StateJson.Stage(one.Stage, one.State, Sweep(one.Stage, one.State)))));
                continue;
            }

            output.WriteLine(states.All(one => one.State.UpToDate) ? $"{pipeline.Name}: all up to date" : $"{pipeline.Name}:");
            foreach (var (stage, state) in states)
            {
                output.WriteLine($"  {stage.Name}: {state.Describe()}");
                if (Sweep(stage, state) is { } sweep)
                {
                    output.WriteLine($"    {Short.Sweep(sweep)}");
                    foreach (var problem in sweep.Problems) output.WriteLine($"    {problem}");
                }

                if (configuration && !state.UpToDate && stage.Configuration.Count > 0) output.WriteLine($"    {Short.Configuration(stage.Configuration)}");
            }
        }

        if (parsed.GetValue(options.Json)) StateJson.Write(output, new JsonObject { ["pipelines"] = pipelines });
        return ExitCodes.Success;
    }

    /// <summary>How far the stage has come, when its folder holds unfinished work of the key that it has now.</summary>
    private static SweepStatus? Sweep(PlannedStage stage, StageState state) =>
        state.Manifest is null && state.Key is { } key && new StageFolder(stage.Folder).PartialKey() == key ? stage.Stage.Look(stage.Folder) : null;
}
