using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>A value as the user wrote it.</summary>
/// <param name="Text">The value without quotes; empty where <see cref="Structure"/> stands for it.</param>
/// <param name="Where">For messages: "pipelines.yml:12" or "--set".</param>
internal sealed record Setting(string Text, string Where)
{
    /// <summary>A list or a mapping, for settings that take several values; null for a single value.</summary>
    public YamlNode? Structure { get; init; }

    /// <summary>The text of a setting that takes one value.</summary>
    /// <exception cref="GoldilocksException">It is a list or a mapping.</exception>
    public string Single(string name) => Structure is null ? Text : throw Error($"{name} must be a single value, not {Structure.Kind}.");

    /// <summary>An error about this value; <paramref name="message"/> names the setting.</summary>
    public GoldilocksException Error(string message) => new LocatedException(Where, message);
}
