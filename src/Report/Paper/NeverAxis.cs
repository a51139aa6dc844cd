using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>An axis of step counts with a band beyond its end for what never came: never is no number, and no place on the axis proper stands for it.</summary>
internal sealed class NeverAxis
{
    /// <summary>Share of the axis that the band takes.</summary>
    private const double BandShare = 0.14;

    private readonly double _from;
    private readonly double _to;

    /// <param name="values">Step counts that must have a place; those below 1 are placed at 1 on a logarithmic axis.</param>
    /// <param name="hasNever">Whether a band is needed.</param>
    /// <param name="mayBeLinear">Linear from 0 when the values span less than a factor of eight.</param>
    public NeverAxis(IEnumerable<double> values, bool hasNever, bool mayBeLinear = false)
    {
        double[] known = [.. values.Where(double.IsFinite).Select(value => Math.Max(value, 1)).DefaultIfEmpty(100)];
        HasNever = hasNever;
        Logarithmic = !mayBeLinear || known.Max() / known.Min() >= 8;
        (_from, _to) = (Logarithmic ? Nice(known.Min() / 1.15, up: false) : 0, Nice(known.Max() * 1.08, up: true));
        if (_to <= _from * 1.5) _to = _from * 2;
        Top = At(HasNever ? 1 / (1 - BandShare) : 1);
    }

    public bool HasNever { get; }

    public bool Logarithmic { get; }

    /// <summary>Where the band begins.</summary>
    public double End => _to;

    /// <summary>First value on the axis.</summary>
    public double From => _from;

    /// <summary>Where the band ends.</summary>
    public double Top { get; }

    /// <summary>The place of a step count, or a place in the band for null.</summary>
    /// <param name="value">Steps; null for never.</param>
    /// <param name="spread">0 to 1: where in the band, so that many can be seen.</param>
    public double Place(double? value, double spread) => value is { } steps
        ? Math.Max(steps, Logarithmic ? 1 : 0)
        : At(1 + ((0.15 + (0.5 * spread)) * BandShare / (1 - BandShare)));

    /// <summary>A channel on this axis.</summary>
    public JsonObject Channel(string field, string title) => Marks.Channel(
        field, title,
        new JsonObject { ["type"] = Logarithmic ? "log" : "linear", ["domain"] = new JsonArray(_from, Top), ["nice"] = false },
        new JsonObject { ["values"] = new JsonArray([.. Ticks().Select(tick => (JsonNode)tick)]), ["labelExpr"] = "format(datum.value, datum.value < 10000 ? '~g' : '~s')", ["labelOverlap"] = "greedy" });

    /// <summary>The band across the plot and its name; nothing without a band.</summary>
    /// <param name="channel">The channel of this axis, on its field.</param>
    /// <param name="vertical">Whether this is the y axis.</param>
    /// <param name="name">What the band means.</param>
    public IEnumerable<JsonObject> Band(JsonObject channel, bool vertical, string name)
    {
        if (!HasNever) yield break;
        var (main, other) = vertical ? ("y", "x") : ("x", "y");
        var field = (string)channel["field"]!;
        JsonObject Row() => new() { [field] = _to, ["end"] = Top };
        yield return Marks.Layer([Row()], new JsonObject { ["type"] = "rect", ["style"] = "band" }, (main, channel.DeepClone()), ($"{main}2", new JsonObject { ["field"] = "end" }));
        yield return Marks.Layer(
            [new JsonObject { [field] = Top }],
            vertical
                ? new JsonObject { ["type"] = "text", ["style"] = "note", ["text"] = name, ["align"] = "left", ["baseline"] = "top", ["dx"] = 5, ["dy"] = 4 }
                : new JsonObject { ["type"] = "text", ["style"] = "note", ["text"] = name, ["align"] = "right", ["baseline"] = "top", ["angle"] = 270, ["dx"] = -4, ["dy"] = -13 },
            (main, channel.DeepClone()), (other, new JsonObject { ["value"] = 0 }));
    }

    /// <summary>Value at a share of the axis proper.</summary>
    private double At(double share) => Logarithmic ? _from * Math.Pow(_to / _from, share) : _from + ((_to - _from) * share);

    private IEnumerable<double> Ticks()
    {
        if (!Logarithmic)
        {
            var step = Nice(_to / 8, up: true);
            return Enumerable.Range(0, (int)(_to / step) + 1).Select(i => i * step);
        }

        double[] all = [.. Enumerable.Range((int)Math.Floor(Math.Log10(_from)), 20).SelectMany(power => ((int[])[1, 2, 5]).Select(digit => digit * Math.Pow(10, power)))
            .Where(tick => tick >= _from * 0.999 && tick <= _to * 1.001)];
        double[] decades = [.. all.Where(tick => Math.Abs(Math.Log10(tick) - Math.Round(Math.Log10(tick))) < 1e-9)];
        return all.Length > 9 ? decades : all;
    }

    /// <summary>The next of 1, 2, 5 times a power of ten.</summary>
    public static double Nice(double value, bool up)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double[] steps = [1, 2, 5, 10];
        return power * (up ? steps.First(step => step * power >= value * 0.999999) : steps.Last(step => step * power <= value * 1.000001));
    }
}
