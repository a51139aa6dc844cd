using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>One <c>--set [pipeline.]stage.key=value</c>.</summary>
/// <remarks><c>Pipeline</c> is the only pipeline it concerns, or null for every selected one that has the stage.</remarks>
internal sealed record Override(string? Pipeline, string Stage, string Key, string Value)
{
    /// <exception cref="GoldilocksException">Not of that form, or an unknown stage.</exception>
    public static Override Parse(string text, IReadOnlyCollection<string> stages)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var path = equals < 0 ? [] : text[..equals].Split('.', StringSplitOptions.TrimEntries);
        if (path.Length is not (2 or 3) || path.Any(part => part.Length == 0))
        {
            throw new GoldilocksException($"--set {text}: expected stage.key=value or pipeline.stage.key=value, for example --set train.seed=7.");
        }

        var stage = path[^2];
        if (!stages.Contains(stage)) throw new GoldilocksException($"--set {text}: unknown stage \"{stage}\". {Suggest.Hint(stage, stages)}");
        return new Override(path.Length == 3 ? path[0] : null, stage, path[^1], text[(equals + 1)..].Trim());
    }

    /// <summary>The option as the user typed it, without the value.</summary>
    public string Where => Pipeline is null ? $"--set {Stage}.{Key}" : $"--set {Pipeline}.{Stage}.{Key}";

    /// <summary>The whole option, quoted for a shell where the value needs it.</summary>
    public string Option => Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+') && Value.Length > 0
        ? $"{Where}={Value}"
        : $"{Where}='{Value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
