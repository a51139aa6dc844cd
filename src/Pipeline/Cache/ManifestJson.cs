using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>manifest.json, format 1.</summary>
internal static class ManifestJson
{
    private const int Format = 1;

    public static string Write(Manifest manifest) => new JsonObject
    {
        ["goldilocks_manifest"] = Format,
        ["stage"] = manifest.Stage,
        ["format_version"] = manifest.FormatVersion,
        ["key"] = manifest.Key,
        ["outputs_hash"] = manifest.OutputsHash,
        ["configuration"] = manifest.Configuration.DeepClone(),
        ["inputs"] = new JsonObject(manifest.Inputs.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
        ["outputs"] = new JsonObject(manifest.Outputs.Select(output => KeyValuePair.Create<string, JsonNode?>(output.Path, Output(output)))),
        ["summary"] = manifest.Summary.Text,
        ["look_at"] = manifest.Summary.LookAt,
        ["started"] = manifest.Started.ToString("O", CultureInfo.InvariantCulture),
        ["seconds"] = Math.Round(manifest.Duration.TotalSeconds, 3),
        ["jobs"] = manifest.Jobs,
        ["environment"] = new JsonObject
        {
            ["machine"] = manifest.Machine.Machine,
            ["processor"] = manifest.Machine.Processor,
            ["cores"] = manifest.Machine.Cores,
            ["vector_bits"] = manifest.Machine.VectorBits,
            ["operating_system"] = manifest.Machine.OperatingSystem,
            ["runtime"] = manifest.Machine.Runtime,
            ["code_version"] = manifest.Machine.CodeVersion,
        },
    }.ToJsonString(JsonText.Indented) + "\n";

    /// <exception cref="FormatException">Not a manifest, or altered by hand: its own key and hash do not follow from its contents.</exception>
    public static Manifest Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            var root = JsonNode.Parse(utf8) ?? throw new FormatException("empty");
            if ((int?)root["goldilocks_manifest"] != Format) throw new FormatException($"not of manifest format {Format}");
            var environment = Member(root, "environment");
            var manifest = new Manifest
            {
                Stage = (string)Member(root, "stage")!,
                FormatVersion = (int)Member(root, "format_version"),
                Configuration = (JsonObject)Member(root, "configuration").DeepClone(),
                Inputs = Member(root, "inputs").AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!, StringComparer.Ordinal),
                Outputs = [.. Member(root, "outputs").AsObject().Select(pair => Output(pair.Key, pair.Value!))],
                Summary = new StageSummary((string)Member(root, "summary")!, (string?)root["look_at"]),
                Started = DateTimeOffset.Parse((string)Member(root, "started")!, CultureInfo.InvariantCulture),
                Duration = TimeSpan.FromSeconds((double)Member(root, "seconds")),
                Jobs = (int)Member(root, "jobs"),
                Machine = new MachineInfo(
                    (string)Member(environment, "machine")!, (string)Member(environment, "processor")!, (int)Member(environment, "cores"),
                    (int)Member(environment, "vector_bits"), (string)Member(environment, "operating_system")!,
                    (string)Member(environment, "runtime")!, (string)Member(environment, "code_version")!),
            };
            if ((string?)root["key"] != manifest.Key) throw new FormatException("its key does not follow from its configuration and inputs");
            if ((string?)root["outputs_hash"] != manifest.OutputsHash) throw new FormatException("its outputs_hash does not follow from its outputs");
            return manifest;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or InvalidCastException or ArgumentException or OverflowException or NullReferenceException)
        {
            throw new FormatException("not a whole JSON manifest", e);
        }
    }

    private static JsonNode Member(JsonNode parent, string name) => parent[name] ?? throw new FormatException($"\"{name}\" is missing");

    private static JsonObject Output(OutputFile output)
    {
        var json = new JsonObject { ["sha256"] = output.Sha256, ["bytes"] = output.Bytes };
        if (output.Volatile) json["volatile"] = true;
        return json;
    }

    private static OutputFile Output(string path, JsonNode json)
    {
        if (Path.IsPathRooted(path) || path.Split('/', '\\').Contains("..")) throw new FormatException($"output \"{path}\" lies outside the stage's folder");
        return new OutputFile(path, (long)Member(json, "bytes"), (string)Member(json, "sha256")!, (bool?)json["volatile"] ?? false);
    }
}
