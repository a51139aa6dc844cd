using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>A value as the user wrote it.</summary>
/// <param name="Text">The value without quotes.</param>
/// <param name="Where">For messages: "pipelines.yml:12" or "--set".</param>
internal sealed record Setting(string Text, string Where)
{
    /// <summary>An error about this value; <paramref name="message"/> names the setting.</summary>
    public GoldilocksException Error(string message) => new LocatedException(Where, message);
}
