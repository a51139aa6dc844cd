using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>A recipe with all parameters resolved. Two runs with equal configurations are the same run.</summary>
public sealed class RunConfig
{
    /// <summary>Raised when the same configuration would train differently; part of every run's identity.</summary>
    public const int FormatVersion = 1;

    private readonly SortedDictionary<string, object> _values;

    internal RunConfig(string recipe, SortedDictionary<string, object> values)
    {
        Recipe = recipe;
        _values = values;
        Json = CanonicalJson.Write(ToJson());
        Run = CanonicalJson.Hash(ToJson());
    }

    /// <summary>The recipe's name.</summary>
    public string Recipe { get; }

    /// <summary>All parameters, by name in ordinal order: <see cref="long"/>, <see cref="double"/> or <see cref="string"/>.</summary>
    public IReadOnlyDictionary<string, object> Values => _values;

    /// <summary>The run's identity: SHA-256 of <see cref="Json"/>, 64 hexadecimal digits.</summary>
    public string Run { get; }

    /// <summary>The first 12 digits of <see cref="Run"/>, for file names.</summary>
    public string ShortRun => Run[..12];

    /// <summary>Canonical JSON of format version, recipe and parameters.</summary>
    public string Json { get; }

    public int Integer(string name) => checked((int)(long)_values[name]);

    public long Long(string name) => (long)_values[name];

    public double Number(string name) => (double)_values[name];

    public string Text(string name) => (string)_values[name];

    private JsonObject ToJson()
    {
        var parameters = new JsonObject();
        foreach (var (name, value) in _values)
            parameters[name] = value switch { long whole => JsonValue.Create(whole), double number => JsonValue.Create(number), _ => JsonValue.Create((string)value) };
        return new JsonObject { ["format"] = FormatVersion, ["recipe"] = Recipe, ["parameters"] = parameters };
    }
}
