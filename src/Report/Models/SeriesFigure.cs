using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Lines over steps, or over another quantity.</summary>
internal sealed class SeriesFigure(string id, string title, IReadOnlyList<Series> series) : Figure
{
    public override string Id => id;

    public override string Title => title;

    public override string Alt => $"Line chart: {Words}";

    public override string Caption => Words;

    /// <summary>What the lines are.</summary>
    public required string Words { get; init; }

    public string XTitle { get; init; } = "Training step (optimiser updates, logarithmic)";

    public required string YTitle { get; init; }

    public bool IsLogarithmic { get; init; } = true;

    /// <summary>Whether y is a share from 0 to 1.</summary>
    public bool IsShare { get; init; }

    /// <summary>Dashed horizontal lines.</summary>
    public IReadOnlyList<(double Value, string Text)> Thresholds { get; init; } = [];

    public override int Head => 44;

    protected override int Height => 300;

    protected override JsonObject Draw(bool interactive)
    {
        var shown = series.Select(line => line with { Points = [.. line.Points.Where(point => double.IsFinite(point.Y) && (!IsLogarithmic || point.X >= 1))] }).Where(line => line.Points.Count > 0).ToArray();
        var (from, to) = (shown.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty(1).Min(), shown.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty(10).Max());
        var x = Marks.Channel(
            "x", XTitle, new JsonObject { ["type"] = IsLogarithmic ? "log" : "linear", ["domain"] = new JsonArray(from, Math.Max(to, from + 1)), ["nice"] = false },
            new JsonObject { ["tickCount"] = 6, ["labelOverlap"] = "greedy", ["labelExpr"] = "format(datum.value, datum.value < 10000 ? 'd' : ',d')" });
        var y = IsShare ? Marks.ShareY(YTitle) : Marks.Channel("y", YTitle, new JsonObject { ["zero"] = false, ["nice"] = true });
        (string, string, string)[] legend = [.. shown.GroupBy(line => line.Name).Select(group => (group.Key, group.First().Kind, Marks.Stroke))];
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                .. Thresholds.SelectMany(threshold => Dashes(y, threshold)),
                .. shown.OrderByDescending(line => line.IsFaint).Select(line => Line(line, x, y)),
                .. legend.Length > 0 ? [Marks.Legend(legend)] : (JsonObject[])[],
                .. interactive ? [Points(shown, x, y)] : (JsonObject[])[],
            ]),
        };
    }

    private static JsonObject Line(Series line, JsonObject x, JsonObject y)
    {
        var mark = new JsonObject { ["type"] = "line", ["style"] = new JsonArray("curve", line.Kind) };
        if (line.IsFaint) (mark["strokeWidth"], mark["opacity"]) = (1, 0.4);
        return Marks.Layer(line.Points.Select(point => new JsonObject { ["x"] = point.X, ["y"] = Math.Round(point.Y, 6) }), mark, ("x", x), ("y", y));
    }

    private static IEnumerable<JsonObject> Dashes(JsonObject y, (double Value, string Text) threshold)
    {
        JsonObject[] Row() => [new JsonObject { ["y"] = threshold.Value }];
        yield return Marks.Layer(Row(), new JsonObject { ["type"] = "rule", ["style"] = "threshold" }, ("y", y));
        yield return Marks.Layer(
            Row(), new JsonObject { ["type"] = "text", ["style"] = "note", ["align"] = "left", ["baseline"] = "bottom", ["dx"] = 5, ["dy"] = -3, ["text"] = threshold.Text },
            ("x", new JsonObject { ["value"] = 0 }), ("y", y));
    }

    /// <summary>Invisible points that tell their values to the pointer.</summary>
    private static JsonObject Points(Series[] shown, JsonObject x, JsonObject y) => Marks.Layer(
        shown.Where(line => !line.IsFaint).SelectMany(line => line.Points.Select(point => new JsonObject { ["x"] = point.X, ["y"] = Math.Round(point.Y, 6), ["name"] = line.Name })),
        new JsonObject { ["type"] = "point", ["filled"] = true, ["opacity"] = 0, ["size"] = 60 }, ("x", x), ("y", y),
        ("tooltip", Marks.Tooltip(interactive: true, ("name", "line", null), ("x", "at", ",.0f"), ("y", "value", ".4~g"))));
}
