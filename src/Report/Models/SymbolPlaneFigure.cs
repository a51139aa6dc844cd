using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Symbols in a plane of two principal components, at one step or, in the page, at any of several.</summary>
/// <param name="id">Its name.</param>
/// <param name="title">Heading.</param>
/// <param name="frames">Coordinates of all symbols at each step.</param>
/// <param name="stride">Symbols that are this far apart are joined; 0 for none.</param>
internal sealed class SymbolPlaneFigure(string id, string title, IReadOnlyList<(long Step, IReadOnlyList<(double X, double Y)> Symbols)> frames, int stride) : Figure
{
    public const int Side = 280;

    /// <summary>More symbols than this have no numbers beside them.</summary>
    private const int MostNumbered = 120;

    public override string Id => id;

    public override string Title => title;

    public override string Alt => $"Scatter plot: {Words}";

    public override string Caption => $"{Words}{(stride > 1 ? $" Lines join symbols that differ by {stride}." : stride == 1 ? " Lines join neighbours." : "")}{(frames.Count > 1 ? " In the page, the slider goes through the steps; the axes stay." : "")}";

    /// <summary>What the plane is.</summary>
    public required string Words { get; init; }

    /// <summary>Whose axes.</summary>
    public required string Axes { get; init; }

    public override int Width => Side + 100;

    public override int Head => frames.Count > 1 ? 8 : 0;

    protected override int Height => Side + 100;

    protected override int HeightAt(int width) => width;

    protected override JsonObject Draw(bool interactive)
    {
        var shown = interactive ? frames : [frames[^1]];
        var reach = 1.08 * frames.SelectMany(frame => frame.Symbols).Select(point => Math.Max(Math.Abs(point.X), Math.Abs(point.Y))).DefaultIfEmpty(1).Max();
        JsonObject Axis(string field, string order) => Marks.Channel(
            field, $"{order} {Axes} component", new JsonObject { ["domain"] = new JsonArray(-reach, reach), ["nice"] = false, ["zero"] = false }, new JsonObject { ["tickCount"] = 5, ["grid"] = false });
        var (x, y) = (Axis("x", "First"), Axis("y", "Second"));
        var count = frames[^1].Symbols.Count;
        JsonObject Point(int frame, int symbol, int order) => new()
        {
            ["frame"] = frame, ["step"] = shown[frame].Step, ["symbol"] = symbol, ["order"] = order,
            ["x"] = Math.Round(shown[frame].Symbols[symbol].X, 4), ["y"] = Math.Round(shown[frame].Symbols[symbol].Y, 4),
        };
        IEnumerable<JsonObject> Discs() => Enumerable.Range(0, shown.Count).SelectMany(frame => Enumerable.Range(0, count).Select(symbol => Point(frame, symbol, symbol)));
        IEnumerable<JsonObject> Thread() => Enumerable.Range(0, shown.Count).SelectMany(frame => Enumerable.Range(0, count + 1).Select(i => Point(frame, (int)((long)i * stride % count), i)));
        JsonObject Mark(IEnumerable<JsonObject> rows, JsonObject mark, params ReadOnlySpan<(string, JsonNode?)> more)
        {
            var layer = Marks.Layer(rows, mark, [("x", x), ("y", y), .. more]);
            if (interactive && frames.Count > 1) layer["transform"] = new JsonArray(new JsonObject { ["filter"] = "datum.frame == frame" });
            return layer;
        }

        var colour = new JsonObject
        {
            ["field"] = "symbol", ["type"] = "ordinal", ["legend"] = null,
            ["scale"] = new JsonObject
            {
                ["domain"] = new JsonArray([.. Enumerable.Range(0, count).Select(symbol => (JsonNode)symbol)]),
                ["range"] = new JsonArray([.. Enumerable.Range(0, count).Select(symbol => (JsonNode)ClassColours.Cyclic(symbol, count))]),
            },
        };
        var spec = new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                .. stride > 0 ? [Mark(Thread(), new JsonObject { ["type"] = "line", ["style"] = "threshold", ["strokeDash"] = new JsonArray(1, 0), ["strokeWidth"] = 1, ["opacity"] = 0.5 }, ("order", new JsonObject { ["field"] = "order", ["type"] = "quantitative" }))] : (JsonObject[])[],
                Mark(Discs(), new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 70, ["opacity"] = 1, ["stroke"] = "#7a828a", ["strokeWidth"] = 0.6 }, ("color", colour),
                    ("tooltip", Marks.Tooltip(interactive, ("symbol", "symbol", null), ("step", "step", ",d"), ("x", "first", ".3f"), ("y", "second", ".3f")))),
                .. count <= MostNumbered ? [Mark(Discs(), new JsonObject { ["type"] = "text", ["style"] = "note", ["fontSize"] = 9, ["dy"] = -9 }, ("text", new JsonObject { ["field"] = "symbol" }))] : (JsonObject[])[],
            ]),
        };
        if (!interactive) return spec;
        spec["usermeta"] = new JsonObject { ["width"] = Side + 140, ["aspect"] = 1 };
        if (frames.Count > 1)
        {
            spec["params"] = new JsonArray(new JsonObject
            {
                ["name"] = "frame", ["value"] = frames.Count - 1,
                ["bind"] = new JsonObject { ["input"] = "range", ["min"] = 0, ["max"] = frames.Count - 1, ["step"] = 1, ["name"] = "checkpoint " },
            });
            spec["layer"]!.AsArray().Add(Mark(
                Enumerable.Range(0, shown.Count).Select(frame => new JsonObject { ["frame"] = frame, ["step"] = $"step {Numbers.Count(shown[frame].Step)}", ["x"] = -reach, ["y"] = reach }),
                new JsonObject { ["type"] = "text", ["style"] = "label", ["align"] = "left", ["baseline"] = "top", ["dx"] = 4, ["dy"] = 2 }, ("text", new JsonObject { ["field"] = "step" })));
        }

        return spec;
    }
}
