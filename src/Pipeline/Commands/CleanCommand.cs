using System.CommandLine;
using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Report;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks clean</c>: deletes stage folders that carry a manifest or a marker, and nothing else.</summary>
internal static class CleanCommand
{
    public const string Examples = """
          goldilocks clean --dry-run    which folders would be deleted
          goldilocks clean quickstart
        """;

    public static Command Create(CommonOptions options)
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be deleted." };
        var command = new Command("clean", "Delete the outputs of the named pipelines, or of all with the overview over them. Touches only what goldilocks made.")
        {
            options.Pipelines, dryRun, options.Artifacts, options.File, options.Json,
        };
        command.SetAction(parsed =>
        {
            var json = parsed.GetValue(options.Json);
            var output = json ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output;
            var folders = Folders(options.Workspace(parsed).Artifacts, parsed.GetValue(options.Pipelines) ?? []);
            foreach (var folder in folders)
            {
                if (!parsed.GetValue(dryRun)) Delete(folder);
                output.WriteLine($"{(parsed.GetValue(dryRun) ? "would delete" : "deleted")} {folder}");
            }

            if (!parsed.GetValue(dryRun) && parsed.GetValue(options.Pipelines) is not { Length: > 0 }) OverviewPage.Delete(options.Workspace(parsed).Artifacts);
            if (folders.Count == 0) output.WriteLine("nothing to clean");
            if (json)
            {
                StateJson.Write(parsed.InvocationConfiguration.Output, new JsonObject { ["deleted"] = new JsonArray([.. folders.Select(folder => JsonValue.Create(folder))]) });
            }

            return ExitCodes.Success;
        });
        return command;
    }

    private static IReadOnlyList<string> Folders(string artifacts, string[] pipelines)
    {
        if (!Directory.Exists(artifacts)) return [];
        var ours = Directory.EnumerateDirectories(artifacts).Order(StringComparer.Ordinal)
            .Select(pipeline => (Name: Path.GetFileName(pipeline), Stages: Directory.EnumerateDirectories(pipeline)
                .Where(stage => new StageFolder(stage).IsOurs).Order(StringComparer.Ordinal).ToArray()))
            .Where(pipeline => pipeline.Stages.Length > 0)
            .ToArray();
        foreach (var name in pipelines)
        {
            if (ours.Length > 0 && !ours.Any(pipeline => pipeline.Name == name))
            {
                throw new GoldilocksException($"no outputs of a pipeline \"{name}\" in {artifacts}. {Suggest.Hint(name, ours.Select(pipeline => pipeline.Name))}");
            }
        }

        return [.. ours.Where(pipeline => pipelines.Length == 0 || pipelines.Contains(pipeline.Name)).SelectMany(pipeline => pipeline.Stages)];
    }

    private static void Delete(string stage)
    {
        using (StageLock.Acquire(stage))
        {
            try
            {
                Directory.Delete(stage, recursive: true);
                var pipeline = Path.GetDirectoryName(stage)!;
                if (!Directory.EnumerateFileSystemEntries(pipeline).Any()) Directory.Delete(pipeline);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new GoldilocksException($"cannot delete {stage}: {e.Message.TrimEnd('.')}. Check its permissions.", inner: e);
            }
        }
    }
}
