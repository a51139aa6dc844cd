using System.CommandLine;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks dag</c>.</summary>
internal static class DagCommand
{
    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var command = new Command("dag", "Draw what depends on what, with the state of each stage.")
        {
            options.Pipelines, options.Set, options.Artifacts, options.File, options.Json,
        };
        command.SetAction(parsed =>
        {
            var selection = Selection.From(parsed, options, stages, allByDefault: true);
            var output = parsed.InvocationConfiguration.Output;
            if (parsed.GetValue(options.Json))
            {
                var pipelines = selection.Pipelines.Select(pipeline =>
                    StateJson.Pipeline(pipeline, StageInspector.Inspect(pipeline, force: false).Select(one => StateJson.Stage(one.Stage, one.State))));
                StateJson.Write(output, new JsonObject { ["pipelines"] = new JsonArray([.. pipelines]) });
                return ExitCodes.Success;
            }

            foreach (var pipeline in selection.Pipelines)
            {
                output.WriteLine(pipeline.Name);
                Draw(StageInspector.Inspect(pipeline, force: false), parent: null, "", output);
            }

            return ExitCodes.Success;
        });
        return command;
    }

    /// <summary>A tree: each stage hangs below the last of its inputs and names the others.</summary>
    private static void Draw(IReadOnlyList<(PlannedStage Stage, StageState State)> stages, string? parent, string indent, TextWriter output)
    {
        var children = stages.Where(one => Parent(one.Stage, stages) == parent).ToArray();
        for (var i = 0; i < children.Length; i++)
        {
            var (stage, state) = children[i];
            var last = i == children.Length - 1;
            var others = stage.Inputs.Where(input => input != parent).ToArray();
            var also = others.Length > 0 ? $" (reads {string.Join(", ", others)} too)" : "";
            output.WriteLine($"{indent}{(last ? "└─ " : "├─ ")}{stage.Name}{also}: {state.Describe()}");
            Draw(stages, stage.Name, indent + (last ? "   " : "│  "), output);
        }
    }

    private static string? Parent(PlannedStage stage, IReadOnlyList<(PlannedStage Stage, StageState State)> stages) =>
        stages.LastOrDefault(one => stage.Inputs.Contains(one.Stage.Name)).Stage?.Name;
}
