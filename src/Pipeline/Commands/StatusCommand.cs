using System.CommandLine;
using System.Text.Json.Nodes;
using Goldilocks.Core;

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
                pipelines.Add((JsonNode)StateJson.Pipeline(pipeline, states.Select(one => StateJson.Stage(one.Stage, one.State))));
                continue;
            }

            output.WriteLine(states.All(one => one.State.UpToDate) ? $"{pipeline.Name}: all up to date" : $"{pipeline.Name}:");
            foreach (var (stage, state) in states)
            {
                output.WriteLine($"  {stage.Name}: {state.Describe()}");
                if (configuration && !state.UpToDate && stage.Configuration.Count > 0) output.WriteLine($"    {Short.Configuration(stage.Configuration)}");
            }
        }

        if (parsed.GetValue(options.Json)) StateJson.Write(output, new JsonObject { ["pipelines"] = pipelines });
        return ExitCodes.Success;
    }
}
