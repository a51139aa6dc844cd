using System.CommandLine;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks verify</c>.</summary>
internal static class VerifyCommand
{
    public const string Examples = """
          goldilocks verify              every pipeline that has run
          goldilocks verify quickstart   exit code 3 when a file is not what its manifest says
        """;

    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var command = new Command("verify", "Hash every output again and report each that is not what its manifest says (exit code 3).")
        {
            options.Pipelines, options.Artifacts, options.File, options.Json,
        };
        command.SetAction((parsed, cancellation) => Task.FromResult(Verify(parsed, options, Selection.From(parsed, options, stages, allByDefault: true), cancellation)));
        return command;
    }

    private static int Verify(ParseResult parsed, CommonOptions options, Selection selection, CancellationToken cancellation)
    {
        var json = parsed.GetValue(options.Json);
        var output = json ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output;
        var records = new JsonArray();
        var (verified, mismatches) = (0, 0);
        foreach (var pipeline in selection.Pipelines)
        {
            var hashes = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var stage in pipeline.Stages)
            {
                var folder = new StageFolder(stage.Folder);
                var manifest = folder.ReadManifest(out var problem);
                if (manifest is null && !File.Exists(folder.PathOf(StageFolder.ManifestName)))
                {
                    output.WriteLine($"{pipeline.Name}/{stage.Name}: {problem}");
                    continue;
                }

                verified++;
                var problems = manifest is null ? [problem] : Verifier.Mismatches(folder, manifest, hashes, cancellation);
                if (manifest is not null) hashes[stage.Name] = manifest.OutputsHash;
                mismatches += problems.Count;
                if (problems.Count == 0) output.WriteLine($"{pipeline.Name}/{stage.Name}: {Short.Files(manifest!.Outputs)}, all as recorded");
                foreach (var one in problems) output.WriteLine($"{pipeline.Name}/{stage.Name}: {one}");
                records.Add((JsonNode)new JsonObject
                {
                    ["pipeline"] = pipeline.Name,
                    ["stage"] = stage.Name,
                    ["mismatches"] = new JsonArray([.. problems.Select(one => JsonValue.Create(one))]),
                });
            }
        }

        if (json) StateJson.Write(parsed.InvocationConfiguration.Output, new JsonObject { ["mismatches"] = mismatches, ["stages"] = records });
        if (verified == 0) throw new GoldilocksException("nothing to verify: no stage has finished. Run 'goldilocks run' first.");
        if (mismatches == 0) return ExitCodes.Success;
        parsed.InvocationConfiguration.Error.WriteLine($"error: {mismatches} {(mismatches == 1 ? "mismatch" : "mismatches")}. 'goldilocks run --force' makes the outputs again.");
        return ExitCodes.Mismatch;
    }
}
