using System.Globalization;

namespace Goldilocks.Analyze;

/// <summary>Where a numbered file stands among its siblings: <c>model-step-000200.onnx</c> is step 200 of the run <c>model-step</c>.</summary>
/// <param name="Run">The name without its number; the folder's name when nothing else is left.</param>
/// <param name="Step">The number.</param>
internal sealed record ModelSeries(string Run, long Step)
{
    /// <summary>Digits of the longest number that is a step; longer ones are dates or hashes.</summary>
    private const int MostDigits = 15;

    /// <param name="name">A path with '/', ending in a suffix such as <c>.onnx</c>.</param>
    /// <param name="folder">Stands for the run's name when the name is a number and nothing else.</param>
    /// <returns>Null when no number ends the name.</returns>
    public static ModelSeries? Of(string name, string folder)
    {
        var stem = name[..name.LastIndexOf('.')];
        var rest = stem.TrimEnd("0123456789".ToCharArray());
        var digits = stem[rest.Length..];
        if (digits.Length is 0 or > MostDigits) return null;
        var run = rest.TrimEnd('-', '_', '.', '=', ' ', '/');
        return new ModelSeries(run.Length > 0 ? run : folder, long.Parse(digits, CultureInfo.InvariantCulture));
    }

    /// <summary>A run as messages and terminals show it: the first digits of an identity, the whole of a name.</summary>
    public static string Show(string run) => IsIdentity(run) ? run[..12] : run;

    /// <summary>Whether a run is the identity of one of ours, 64 hexadecimal digits, and not a name.</summary>
    public static bool IsIdentity(string run) => run.Length == 64 && run.All(char.IsAsciiHexDigitLower);
}
