using System.Globalization;

namespace Goldilocks.Report;

/// <summary>Numbers as a reader likes them; the same in every culture.</summary>
internal static class Numbers
{
    /// <summary>What stands where there is no value.</summary>
    public const string None = "–";

    private const char NoBreak = '\u00a0';

    /// <summary>Whole numbers; thousands are grouped from five digits on: 1130, 10,000.</summary>
    public static string Count(long value) => value.ToString(Math.Abs(value) < 10_000 ? "0" : "#,0", CultureInfo.InvariantCulture);

    /// <summary>A step, or "never".</summary>
    public static string StepOrNever(long? step) => step is { } value ? Count(value) : "never";

    /// <summary>A computed number of steps, to the nearest step.</summary>
    public static string Steps(double? value) => value is { } steps && double.IsFinite(steps) && Math.Abs(steps) < 1e15 ? Count((long)Math.Round(steps)) : None;

    /// <summary>"15 of 33".</summary>
    public static string Of(int part, int whole) => $"{Count(part)} of {Count(whole)}";

    /// <summary>A fraction as percentage with at most one decimal: 97.8 %.</summary>
    public static string Percent(double? fraction) =>
        fraction is { } value && double.IsFinite(value) ? (value * 100).ToString("0.#", CultureInfo.InvariantCulture) + NoBreak + "%" : None;

    /// <summary>A fraction with three decimals at most.</summary>
    public static string Fraction(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("0.###", CultureInfo.InvariantCulture) : None;

    /// <summary>Two decimals, with a minus sign as in charts: −0.87.</summary>
    public static string Signed(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("0.00;−0.00;0.00", CultureInfo.InvariantCulture) : None;

    /// <summary>A share with four decimals, as the authors stored theirs.</summary>
    public static string Share(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("0.0000", CultureInfo.InvariantCulture) : None;

    /// <summary>Five significant digits.</summary>
    public static string Significant(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("G5", CultureInfo.InvariantCulture) : None;

    /// <summary>Eight significant digits, what the published losses have.</summary>
    public static string Loss(double? value) => value is { } number && double.IsFinite(number) ? number.ToString("G8", CultureInfo.InvariantCulture) : None;

    /// <summary>At most two significant digits and a power of ten: 3.1·10⁻⁷.</summary>
    public static string Magnitude(double? value)
    {
        if (value is not { } number || !double.IsFinite(number)) return None;
        if (number == 0) return "0";
        var parts = number.ToString("0.#E+0", CultureInfo.InvariantCulture).Split('E');
        return $"{parts[0]}·10{Superscript(parts[1])}";
    }

    /// <summary>A parameter's value, to three digits: 0.05, 20, 1.58e-5.</summary>
    public static string Parameter(double value) =>
        value.ToString(value == 0 || Math.Abs(value) is >= 0.01 and < 1e5 ? "G3" : "0.##e-0", CultureInfo.InvariantCulture);

    /// <summary>A value of a table cell.</summary>
    public static string Setting(object? value) => value switch
    {
        null => None,
        bool flag => flag ? "true" : "false",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? None,
    };

    /// <summary>"1 step", "400 steps".</summary>
    public static string Counted(long count, string noun) => $"{Count(count)} {noun}{(count == 1 ? "" : "s")}";

    private static string Superscript(string exponent) =>
        string.Concat(exponent.TrimStart('+').Select(digit => digit == '-' ? '⁻' : "⁰¹²³⁴⁵⁶⁷⁸⁹"[digit - '0']));
}
