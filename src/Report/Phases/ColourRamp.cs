using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>A scale from numbers to a perceptually uniform sequence of colours.</summary>
/// <param name="Scheme">Vega's name of the sequence.</param>
/// <param name="Type">"log", "symlog" or "linear".</param>
/// <param name="From">Value of the first colour.</param>
/// <param name="To">Value of the last colour.</param>
/// <param name="Ticks">Values that the legend names.</param>
internal sealed record ColourRamp(string Scheme, string Type, double From, double To, IReadOnlyList<double> Ticks)
{
    /// <summary>Logarithmic, from a round number to a round number.</summary>
    /// <param name="scheme">Vega's name.</param>
    /// <param name="values">Positive.</param>
    public static ColourRamp Logarithmic(string scheme, IEnumerable<double> values)
    {
        double[] known = [.. values.DefaultIfEmpty(1)];
        var (from, to) = (NeverAxis.Nice(known.Min(), up: false), NeverAxis.Nice(known.Max(), up: true));
        if (to <= from) to = 2 * from;
        double[] digits = to / from > 20 ? [1] : [1, 2, 5];
        return new ColourRamp(scheme, "log", from, to, [.. Decades().SelectMany(decade => digits.Select(digit => digit * decade)).Where(tick => tick >= from * 0.999 && tick <= to * 1.001)]);
    }

    /// <summary>Linear near 0 and logarithmic far from it, for numbers of either sign; 0 has its place.</summary>
    /// <param name="scheme">Vega's name.</param>
    /// <param name="values">Of either sign.</param>
    public static ColourRamp SignedLogarithmic(string scheme, IEnumerable<double> values)
    {
        double[] known = [.. values.Append(0)];
        var to = Math.Max(100, NeverAxis.Nice(Math.Max(known.Max(), 1), up: true));
        var from = known.Min() < 0 ? -NeverAxis.Nice(-known.Min(), up: true) : 0;
        double[] decades = [.. Decades().Where(decade => decade is >= 100 and <= 1e9)];
        return new ColourRamp(scheme, "symlog", from, to, [.. decades.Select(decade => -decade).Reverse().Append(0).Concat(decades).Where(tick => tick >= from && tick <= to)]);
    }

    /// <summary>From 0 to 1.</summary>
    public static ColourRamp Share(string scheme) => new(scheme, "linear", 0, 1, [0, 0.25, 0.5, 0.75, 1]);

    /// <summary>A colour channel.</summary>
    /// <param name="field">The numbers' field.</param>
    /// <param name="unit">What stands before the legend.</param>
    public JsonObject Channel(string field, string unit)
    {
        var scale = new JsonObject { ["type"] = Type, ["domain"] = new JsonArray(From, To), ["scheme"] = Scheme, ["nice"] = false };
        if (Type == "symlog") scale["constant"] = 10;
        if (Type == "linear") scale["zero"] = false;
        return new JsonObject
        {
            ["field"] = field, ["type"] = "quantitative", ["scale"] = scale,
            ["legend"] = new JsonObject
            {
                ["title"] = unit, ["titleOrient"] = "left", ["titleFontWeight"] = "normal", ["titleFontSize"] = 12, ["titlePadding"] = 8, ["direction"] = "horizontal", ["gradientLength"] = 200, ["gradientThickness"] = 10,
                ["labelFontSize"] = 11, ["values"] = new JsonArray([.. Ticks.Select(tick => (JsonNode)tick)]), ["labelExpr"] = "abs(datum.value) < 10000 ? format(datum.value, '~g') : format(datum.value, '~s')",
            },
        };
    }

    private static IEnumerable<double> Decades() => Enumerable.Range(-12, 25).Select(power => Math.Pow(10, power));
}
