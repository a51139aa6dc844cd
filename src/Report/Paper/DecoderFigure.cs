using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>A panel of Figure 2: the plane of the embeddings in the colours of the decoder's answers.</summary>
internal sealed class DecoderFigure(PlaneKind kind) : Figure
{
    /// <summary>Width and height of the plot: equal, as both axes have the same unit.</summary>
    public const int Side = 400;

    private readonly (int Stride, int[] Path) _order = kind.Order();

    public override string Id => $"{(kind.IsModular ? "modular" : "addition")}-{(kind.IsOrganised ? "organised" : "unorganised")}";

    public override string Title => $"{(kind.IsModular ? "Modular addition" : "Addition")}, decoder {(kind.IsOrganised ? "" : "not ")}regularised";

    public override string Alt => $"The plane of the embeddings, coloured by the decoder's answer, with the {kind.Points.Count} symbols as numbered discs. Accuracy over all pairs: {Numbers.Percent(kind.Shown.Number("final_accuracy"))}.";

    public override string Caption =>
        $"Colours and small numbers: the decoder's answer to a place, {(kind.IsModular ? "a residue, in cyclic colours" : "a sum, from dark to bright")}. Discs: the embeddings of the symbols at step {Numbers.Count(kind.Map.Step)}. {Joined}Shown is seed {Numbers.Count(kind.Shown.Seed)}, accuracy over all pairs {Numbers.Percent(kind.Shown.Number("final_accuracy"))}, the {(kind.IsOrganised ? "highest" : "lowest")} of {Numbers.Counted(kind.Runs.Count, "run")}; {Numbers.Of(kind.Generalised, kind.Runs.Count)} generalised.";

    public override int Width => Side;

    protected override int Height => Side;

    private string Joined => !kind.IsOrganised ? "" : kind.IsModular && _order.Stride != 1
        ? $"The thread joins the symbols in steps of {_order.Stride}, the shortest way round. "
        : "The thread joins the symbols in order. ";

    protected override JsonObject Draw(bool interactive)
    {
        var (left, right, bottom, top) = Frame();
        JsonObject Axis(string field, string title, double from, double to) => Marks.Channel(
            field, title, new JsonObject { ["domain"] = new JsonArray(from, to), ["nice"] = false, ["zero"] = false }, new JsonObject { ["tickCount"] = 5, ["grid"] = false });
        JsonObject X(string field = "x") => Axis(field, "First embedding dimension (no unit)", left, right);
        JsonObject Y(string field = "y") => Axis(field, "Second embedding dimension (no unit)", bottom, top);
        var classes = kind.Map.Runs().Select(run => run.Class).Distinct().Order().ToArray();
        var count = kind.IsModular ? kind.Points.Count : Math.Max((2 * kind.Points.Count) - 1, classes[^1] + 1);
        // Each run of cells reaches under its neighbours on the right and below, so that no seam is seen between them.
        var cells = kind.Map.Runs().Select(run => new JsonObject
        {
            ["x"] = Round(run.Left), ["x2"] = Round(run.Right + (kind.Map.DeltaX / 2)), ["y"] = Round(run.Y - (kind.Map.DeltaY / 2)), ["y2"] = Round(run.Y + kind.Map.DeltaY), ["class"] = run.Class,
        });
        var rect = Marks.Layer(
            cells, new JsonObject { ["type"] = "rect", ["clip"] = true, ["opacity"] = 1, ["aria"] = false }, ("x", X()), ("x2", new JsonObject { ["field"] = "x2" }), ("y", Y()), ("y2", new JsonObject { ["field"] = "y2" }),
            ("color", new JsonObject
            {
                ["field"] = "class", ["type"] = "ordinal", ["legend"] = null,
                ["scale"] = new JsonObject
                {
                    ["domain"] = new JsonArray([.. classes.Select(answer => (JsonNode)answer)]),
                    ["range"] = new JsonArray([.. classes.Select(answer => (JsonNode)(kind.IsModular ? ClassColours.Cyclic(answer, count) : ClassColours.Ordered(answer, count)))]),
                },
            }),
            ("tooltip", Marks.Tooltip(interactive, ("class", "answer", null))));
        var centres = kind.Map.Centres(least: Math.Max(2, kind.Map.Columns * 3 / 200)).Where(centre => kind.Points.All(point => Distance(point, (centre.X, centre.Y)) > 0.05 * (right - left)))
            .Select(centre => new JsonObject { ["x"] = Round(centre.X), ["y"] = Round(centre.Y), ["class"] = centre.Class }).ToArray();
        JsonObject Answers(string style) => Marks.Layer(
            centres.Select(row => (JsonObject)row.DeepClone()), new JsonObject { ["type"] = "text", ["style"] = new JsonArray("answer", style), ["baseline"] = "middle" }, ("x", X()), ("y", Y()), ("text", new JsonObject { ["field"] = "class" }));
        JsonObject Point(int symbol, int order) => new() { ["x"] = Round(kind.Points[symbol].X), ["y"] = Round(kind.Points[symbol].Y), ["symbol"] = symbol, ["order"] = order };
        IEnumerable<JsonObject> Discs() => Enumerable.Range(0, kind.Points.Count).Select(symbol => Point(symbol, symbol));
        JsonObject Thread(string style) => Marks.Layer(
            _order.Path.Select(Point), new JsonObject { ["type"] = "line", ["style"] = style }, ("x", X()), ("y", Y()), ("order", new JsonObject { ["field"] = "order", ["type"] = "quantitative" }));
        var spec = new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                rect,
                Answers("answer-halo"),
                Answers("answer-ink"),
                .. kind.IsOrganised ? [Thread("thread-halo"), Thread("thread")] : (JsonObject[])[],
                Marks.Layer(Discs(), new JsonObject { ["type"] = "circle", ["style"] = "symbol-disc" }, ("x", X()), ("y", Y()), ("tooltip", Marks.Tooltip(interactive, ("symbol", "symbol", null), ("x", "first", ".3f"), ("y", "second", ".3f")))),
                Marks.Layer(Discs(), new JsonObject { ["type"] = "text", ["style"] = new JsonArray("disc-number", "on-late"), ["baseline"] = "middle", ["dy"] = 0.5 }, ("x", X()), ("y", Y()), ("text", new JsonObject { ["field"] = "symbol" })),
            ]),
        };
        if (interactive) spec["usermeta"] = new JsonObject { ["width"] = Side, ["aspect"] = 1 };
        return spec;
    }

    /// <summary>The map's edges, made a square: one unit is equally long on both axes.</summary>
    private (double Left, double Right, double Bottom, double Top) Frame()
    {
        var (left, right, bottom, top) = kind.Map.Bounds;
        var (half, x, y) = (Math.Max(right - left, top - bottom) / 2, (left + right) / 2, (bottom + top) / 2);
        return (x - half, x + half, y - half, y + half);
    }

    private static double Distance((double X, double Y) a, (double X, double Y) b) => Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));

    private static double Round(double value) => Math.Round(value, 4);
}
