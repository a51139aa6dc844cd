using System.Text.Json.Nodes;

namespace Goldilocks.Pipeline;

/// <summary>Stages without settings.</summary>
internal static class NoSettings
{
    public static JsonObject Resolve(string stage, IReadOnlyDictionary<string, Setting> settings)
    {
        foreach (var (name, setting) in settings) throw setting.Error($"{stage} has no setting \"{name}\"; write {stage}: {{}}.");
        return [];
    }
}
