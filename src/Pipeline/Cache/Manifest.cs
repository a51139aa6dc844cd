using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>What a finished stage did: written last, so a stage without one did not happen.</summary>
internal sealed record Manifest
{
    public required string Stage { get; init; }

    public required int FormatVersion { get; init; }

    public required JsonObject Configuration { get; init; }

    /// <summary>Output hash of each input at the time.</summary>
    public required IReadOnlyDictionary<string, string> Inputs { get; init; }

    public required IReadOnlyList<OutputFile> Outputs { get; init; }

    public required StageSummary Summary { get; init; }

    public required DateTimeOffset Started { get; init; }

    public required TimeSpan Duration { get; init; }

    public required int Jobs { get; init; }

    public required MachineInfo Machine { get; init; }

    /// <summary>See <see cref="PlannedStage.Key"/>.</summary>
    public string Key => PlannedStage.ComputeKey(Stage, FormatVersion, Configuration, Inputs);

    /// <summary>SHA-256 over the paths and hashes of the outputs that are not volatile: what dependent stages are keyed by.</summary>
    public string OutputsHash => CanonicalJson.Hash(new JsonObject(
        Outputs.Where(output => !output.Volatile).Select(output => KeyValuePair.Create<string, JsonNode?>(output.Path, output.Sha256))));
}
