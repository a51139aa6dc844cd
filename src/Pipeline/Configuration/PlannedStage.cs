using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>A stage of a pipeline with its inputs, its resolved configuration, its (absolute) folder and the command line that runs the pipeline like this.</summary>
internal sealed record PlannedStage(IStage Stage, IReadOnlyList<string> Inputs, string Pipeline, JsonObject Configuration, string Folder, string Command)
{
    public string Name => Stage.Name;

    /// <summary>
    /// Content key: SHA-256 over stage, format version, configuration, and the output hashes of its inputs. Neither times, paths, thread counts nor
    /// the pipeline's name are part of it.
    /// </summary>
    public string Key(IReadOnlyDictionary<string, string> inputs) => ComputeKey(Name, Stage.FormatVersion, Configuration, inputs);

    /// <inheritdoc cref="Key"/>
    public static string ComputeKey(string stage, int formatVersion, JsonObject configuration, IReadOnlyDictionary<string, string> inputs) =>
        CanonicalJson.Hash(new JsonObject
        {
            ["stage"] = stage,
            ["format_version"] = formatVersion,
            ["configuration"] = configuration.DeepClone(),
            ["inputs"] = new JsonObject(inputs.Select(pair => KeyValuePair.Create<string, JsonNode?>(pair.Key, pair.Value))),
        });
}
