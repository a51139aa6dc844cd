using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>One <c>--set [pipeline[.preset].]stage.key=value</c>; the value may be a list or a mapping in YAML's flow style, <c>[0, 1, 2]</c>.</summary>
/// <remarks><c>Pipeline</c> is the only pipeline (or NAME.PRESET) it concerns, or null for every selected one that has the stage.</remarks>
internal sealed record Override(string? Pipeline, string Stage, string Key, string Value)
{
    /// <exception cref="GoldilocksException">Not of that form, or an unknown stage.</exception>
    public static Override Parse(string text, IReadOnlyCollection<string> stages)
    {
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var path = equals < 0 ? [] : text[..equals].Split('.', StringSplitOptions.TrimEntries);
        if (path.Length is not (2 or 3 or 4) || path.Any(part => part.Length == 0))
        {
            throw new GoldilocksException($"--set {text}: expected stage.key=value or pipeline.stage.key=value, for example --set train.seed=7.");
        }

        var stage = path[^2];
        if (!stages.Contains(stage)) throw new GoldilocksException($"--set {text}: unknown stage \"{stage}\". {Suggest.Hint(stage, stages)}");
        return new Override(path.Length > 2 ? string.Join('.', path[..^2]) : null, stage, path[^1], text[(equals + 1)..].Trim());
    }

    /// <summary>The value as a setting of its stage.</summary>
    /// <exception cref="GoldilocksException">It begins as a list or a mapping and is none.</exception>
    public Setting Setting => Value is ['[' or '{', ..] ? new Setting("", Where) { Structure = YamlTree.Parse(Value, Where) } : new Setting(Value, Where);

    /// <summary>The option as the user typed it, without the value.</summary>
    public string Where => Pipeline is null ? $"--set {Stage}.{Key}" : $"--set {Pipeline}.{Stage}.{Key}";

    /// <summary>The whole option, quoted for a shell where the value needs it.</summary>
    public string Option => Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '_' or '+') && Value.Length > 0
        ? $"{Where}={Value}"
        : $"{Where}='{Value.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
