using System.Text.Json.Nodes;

namespace Goldilocks.Pipeline;

/// <summary>Compares a planned stage with what its folder holds.</summary>
internal static class StageInspector
{
    /// <param name="stage">What should be there.</param>
    /// <param name="inputs">Output hash of each input; null for an input that is not up to date.</param>
    /// <param name="force">Run it whatever is there.</param>
    public static StageState Inspect(PlannedStage stage, IReadOnlyDictionary<string, string?> inputs, bool force)
    {
        var waitsFor = inputs.Where(input => input.Value is null).Select(input => input.Key).ToArray();
        var known = inputs.Where(input => input.Value is not null).ToDictionary(input => input.Key, input => input.Value!, StringComparer.Ordinal);
        var key = waitsFor.Length == 0 ? stage.Key(known) : null;
        var folder = new StageFolder(stage.Folder);
        var manifest = folder.ReadManifest(out var problem);
        var reasons = new List<string>();
        if (force) reasons.Add("forced");
        if (manifest is null)
        {
            var resumes = key is not null && !force && folder.PartialKey() == key;
            reasons.Add(resumes ? $"{problem}, resuming" : problem);
        }
        else
        {
            reasons.AddRange(Differences(stage, manifest, known));
            if (reasons.Count == 0 && folder.FirstMissingOutput(manifest) is { } missing) reasons.Add(missing);
        }

        return new StageState(reasons, waitsFor, key, manifest);
    }

    /// <summary>All stages of a pipeline, in their order, as they stand on disk.</summary>
    public static IReadOnlyList<(PlannedStage Stage, StageState State)> Inspect(PlannedPipeline pipeline, bool force)
    {
        var states = new List<(PlannedStage Stage, StageState State)>();
        var hashes = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var stage in pipeline.Stages)
        {
            var state = Inspect(stage, stage.Inputs.ToDictionary(input => input, input => hashes[input], StringComparer.Ordinal), force);
            hashes[stage.Name] = state.UpToDate ? state.Manifest!.OutputsHash : null;
            states.Add((stage, state));
        }

        return states;
    }

    private static IEnumerable<string> Differences(PlannedStage stage, Manifest manifest, Dictionary<string, string> inputs)
    {
        if (manifest.Stage != stage.Name) yield return $"the folder holds stage {manifest.Stage}";
        if (manifest.FormatVersion != stage.Stage.FormatVersion) yield return $"format version {manifest.FormatVersion} -> {stage.Stage.FormatVersion}";

        var before = Flatten(manifest.Configuration);
        var now = Flatten(stage.Configuration);
        foreach (var (name, value) in now)
        {
            if (!before.TryGetValue(name, out var old)) yield return $"parameter {name} added ({value})";
            else if (old != value) yield return $"parameter {name} changed {old} -> {value}";
        }

        foreach (var (name, value) in before)
        {
            if (!now.ContainsKey(name)) yield return $"parameter {name} removed (was {value})";
        }

        foreach (var (name, hash) in inputs)
        {
            if (!manifest.Inputs.TryGetValue(name, out var old)) yield return $"input {name} added ({Short.Hash(hash)})";
            else if (old != hash) yield return $"input {name} changed ({Short.Hash(old)} -> {Short.Hash(hash)})";
        }

        foreach (var (name, hash) in manifest.Inputs)
        {
            if (!stage.Inputs.Contains(name)) yield return $"input {name} removed (was {Short.Hash(hash)})";
        }
    }

    /// <summary>Dotted paths and canonical values, in the order of the configuration.</summary>
    private static Dictionary<string, string> Flatten(JsonObject configuration)
    {
        var flat = new Dictionary<string, string>(StringComparer.Ordinal);
        Collect(configuration, "");
        return flat;

        void Collect(JsonObject values, string prefix)
        {
            foreach (var (name, value) in values)
            {
                if (value is JsonObject { Count: > 0 } nested) Collect(nested, $"{prefix}{name}.");
                else flat[prefix + name] = Short.Value(value);
            }
        }
    }
}
