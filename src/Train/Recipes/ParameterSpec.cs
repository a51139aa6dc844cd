using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>The kinds of recipe parameters.</summary>
public enum ParameterKind
{
    Integer,
    Number,
    Text,
}

/// <summary>One hyperparameter: its name everywhere (pipelines.yml, tables, metadata), its kind, default, allowed values and meaning.</summary>
public sealed record ParameterSpec(string Name, ParameterKind Kind, object Default, string Doc)
{
    /// <summary>Smallest allowed value, or the value above which all are allowed.</summary>
    public double Minimum { get; init; } = double.NegativeInfinity;

    /// <summary>Whether <see cref="Minimum"/> itself is not allowed.</summary>
    public bool IsMinimumOpen { get; init; }

    /// <summary>Largest allowed value, or the value below which all are allowed.</summary>
    public double Maximum { get; init; } = double.PositiveInfinity;

    /// <summary>Whether <see cref="Maximum"/> itself is not allowed.</summary>
    public bool IsMaximumOpen { get; init; }

    /// <summary>Allowed texts; empty where the recipe reads the text itself, and says in <see cref="Format"/> what it takes.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>What a text without <see cref="Choices"/> may be, in words.</summary>
    public string Format { get; init; } = "";

    /// <summary>The allowed values in words.</summary>
    public string Range => Kind == ParameterKind.Text
        ? Choices.Count > 0 ? string.Join(" | ", Choices) : Format
        : string.Create(CultureInfo.InvariantCulture, $"{(Kind == ParameterKind.Integer ? "integer" : "number")} in {(IsMinimumOpen ? '(' : '[')}{Minimum}, {Maximum}{(IsMaximumOpen ? ')' : ']')}");

    /// <summary>Reads a value as it stands in a file or on a command line.</summary>
    /// <returns>A <see cref="long"/>, a finite <see cref="double"/> or a <see cref="string"/>.</returns>
    /// <exception cref="GoldilocksException">Not of the kind, or outside the allowed values.</exception>
    public object Parse(string text)
    {
        object? value = Kind switch
        {
            ParameterKind.Integer => long.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var whole) ? whole
                : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact == Math.Floor(exact) && Math.Abs(exact) < 1e15 ? (long)exact : null,
            ParameterKind.Number => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null,
            _ => Choices.Count == 0 || Choices.Contains(text) ? text : null,
        };
        var inside = value switch
        {
            long whole => whole >= Minimum && whole <= Maximum,
            double number => number >= Minimum && number <= Maximum && !(IsMinimumOpen && number == Minimum) && !(IsMaximumOpen && number == Maximum),
            _ => value is not null,
        };
        if (inside) return value!;
        var hint = Kind == ParameterKind.Text ? " " + Suggest.Hint(text, Choices) : "";
        throw new GoldilocksException($"{Name}: \"{text}\" is not allowed; expected {Range}.{hint}");
    }
}
