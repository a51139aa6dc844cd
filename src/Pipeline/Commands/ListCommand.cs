using System.CommandLine;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks list</c>.</summary>
internal static class ListCommand
{
    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var command = new Command("list", "List the pipelines with what they are for.") { options.File, options.Json };
        command.SetAction(parsed =>
        {
            var output = parsed.InvocationConfiguration.Output;
            var names = stages.Select(stage => stage.Name).ToArray();
            var file = PipelineFile.Read(Workspace.Locate(parsed.GetValue(options.File), null, Environment.CurrentDirectory).File, names);
            if (parsed.GetValue(options.Json))
            {
                StateJson.Write(output, new JsonObject { ["pipelines"] = new JsonArray([.. file.Pipelines.Select(Describe)]) });
                return ExitCodes.Success;
            }

            var width = file.Pipelines.Max(pipeline => pipeline.Name.Length);
            foreach (var pipeline in file.Pipelines) output.WriteLine($"{pipeline.Name.PadRight(width)}  {pipeline.Description}".TrimEnd());
            return ExitCodes.Success;

            JsonNode Describe(PipelineDefinition pipeline) => new JsonObject
            {
                ["name"] = pipeline.Name,
                ["description"] = pipeline.Description,
                ["stages"] = new JsonArray([.. names.Where(pipeline.Stages.ContainsKey).Select(name => JsonValue.Create(name))]),
            };
        });
        return command;
    }
}
