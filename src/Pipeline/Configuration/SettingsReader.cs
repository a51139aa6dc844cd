using System.Globalization;
using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>Reads the settings of a stage one by one into a resolved configuration; what nobody asked for is an unknown key.</summary>
internal sealed class SettingsReader(IReadOnlyDictionary<string, Setting> settings)
{
    private readonly JsonObject _resolved = [];

    public SettingsReader Text(string name, string fallback)
    {
        _resolved[name] = settings.TryGetValue(name, out var setting) ? setting.Single(name) : fallback;
        return this;
    }

    public SettingsReader Integer(string name, long fallback, long minimum, long maximum)
    {
        _resolved[name] = settings.TryGetValue(name, out var setting) ? Parse(name, setting, minimum, maximum) : fallback;
        return this;
    }

    public SettingsReader Flag(string name, bool fallback)
    {
        _resolved[name] = settings.TryGetValue(name, out var setting)
            ? bool.TryParse(setting.Single(name), out var value) ? value : throw setting.Error($"{name} must be true or false, not \"{setting.Text}\".")
            : fallback;
        return this;
    }

    /// <summary>The configuration in the order it was asked for.</summary>
    /// <exception cref="GoldilocksException">A setting that is not known.</exception>
    public JsonObject Resolve()
    {
        var known = _resolved.Select(pair => pair.Key).ToArray();
        foreach (var (name, setting) in settings)
        {
            if (_resolved.ContainsKey(name)) continue;
            throw setting.Error(known.Length == 0 ? $"unknown key \"{name}\"; this stage has no settings." : $"unknown key \"{name}\". {Suggest.Hint(name, known)}");
        }

        return _resolved;
    }

    private static long Parse(string name, Setting setting, long minimum, long maximum) =>
        long.TryParse(setting.Single(name), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) && value >= minimum && value <= maximum
            ? value
            : throw setting.Error($"{name} must be a whole number from {minimum} to {maximum}, not \"{setting.Text}\".");
}
