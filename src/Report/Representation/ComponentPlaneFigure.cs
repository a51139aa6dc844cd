using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The symbols in the plane of two principal components, at one checkpoint, or at those that a slider chooses.</summary>
/// <param name="id">The chart's name in files.</param>
/// <param name="title">Its heading.</param>
/// <param name="axes">What the axes are, in words: "its own first two principal components".</param>
/// <param name="history">Coordinates.</param>
/// <param name="circle">The order that colours and thread follow.</param>
/// <param name="moments">What is shown; a picture shows the last.</param>
internal sealed class ComponentPlaneFigure(string id, string title, string axes, EmbeddingHistory history, Circle circle, IReadOnlyList<Moment> moments) : Figure
{
    /// <summary>Width and height of the plot: equal, as both axes have the same unit.</summary>
    public const int Side = 400;

    /// <summary>Share of the plot above the symbols, for the note.</summary>
    private const double NoteShare = 0.12;

    /// <summary>Diameter of a disc in pixels: equally spaced neighbours on the circle do not touch.</summary>
    private readonly double _disc = Math.Clamp(0.6 * Math.PI * 330 / circle.Symbols, 11, 18);

    public override string Id => id;

    public override string Title => title;

    public override string Alt =>
        $"The {history.Symbols} symbols in the plane of {axes}, as numbered discs, {(moments.Count > 1 ? $"at {moments.Count} checkpoints from step {Numbers.Count(moments[0].Step)} to step {Numbers.Count(moments[^1].Step)}" : $"at step {Numbers.Count(moments[0].Step)}")}.";

    public override string Caption =>
        $"The symbols' embeddings in {axes}{(moments.Count > 1 ? "; the slider chooses the checkpoint" : "")}. Colours go round the circle of frequency {circle.Frequency}, where symbol x lies at {circle.Frequency}x/{circle.Symbols} of a turn{Thread}.";

    public override int Width => Side;

    protected override int Height => Side;

    protected override int HeightAt(int width) => width;

    private string Thread => circle.Stride is { } stride ? $", and the thread joins neighbours there: x and x + {stride} modulo {circle.Symbols}" : "";

    protected override JsonObject Draw(bool interactive)
    {
        Moment[] shown = interactive ? [.. moments] : [moments[^1]];
        var half = 1.08 * shown.Max(moment => Enumerable.Range(0, history.Symbols).Max(symbol => Math.Max(Math.Abs(history.Value(moment.Index, symbol, 0)), Math.Abs(history.Value(moment.Index, symbol, 1)))));
        if (!(half > 0)) half = 1;
        var room = half * NoteShare / (1 - NoteShare);
        JsonObject Axis(string field, string name, double from, double to) => Marks.Channel(
            field, name, new JsonObject { ["domain"] = new JsonArray(from, to), ["nice"] = false, ["zero"] = false }, new JsonObject { ["tickCount"] = 5, ["grid"] = false });
        JsonObject X() => Axis("x", "First component (no unit)", -half - room, half + room);
        JsonObject Y() => Axis("y", "Second component (no unit)", -half, half + (2 * room));
        var chosen = shown.Length > 1 ? "datum.frame == frame" : "true";
        JsonObject Of(string filter, JsonObject mark, params ReadOnlySpan<(string Channel, JsonNode? Definition)> encoding)
        {
            var layer = Marks.Layer([], mark, [("x", X()), ("y", Y()), .. encoding]);
            layer.Remove("data");
            layer["transform"] = new JsonArray(new JsonObject { ["filter"] = filter });
            return layer;
        }

        JsonObject Number(bool bright) => Of(
            $"{chosen} && !datum.closing && {(bright ? "" : "!")}datum.bright",
            new JsonObject { ["type"] = "text", ["style"] = new JsonArray("disc-number", bright ? "on-late" : "answer-ink"), ["fontSize"] = Math.Round(0.6 * _disc, 1), ["baseline"] = "middle", ["dy"] = 0.5 },
            ("text", new JsonObject { ["field"] = "symbol" }));
        int[] places = [.. Enumerable.Range(0, circle.Symbols)];
        var spec = new JsonObject
        {
            ["data"] = Layers.Values(shown.SelectMany((moment, frame) => Rows(moment, frame))),
            ["layer"] = new JsonArray(
            [
                .. circle.Stride is null ? [] : (JsonObject[])[Of(chosen, new JsonObject { ["type"] = "line", ["style"] = "residue-thread" }, ("order", new JsonObject { ["field"] = "order", ["type"] = "quantitative" }))],
                Of(
                    $"{chosen} && !datum.closing", new JsonObject { ["type"] = "circle", ["style"] = "residue-disc", ["size"] = Math.Round(_disc * _disc) },
                    ("color", new JsonObject
                    {
                        ["field"] = "place", ["type"] = "ordinal", ["legend"] = null,
                        ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. places.Select(place => (JsonNode)place)]), ["range"] = new JsonArray([.. places.Select(place => (JsonNode)Colour(place))]) },
                    }),
                    ("tooltip", Marks.Tooltip(interactive, ("symbol", "symbol", null), ("step", "step", "d"), ("x", "first", ".3f"), ("y", "second", ".3f")))),
                Number(bright: true),
                Number(bright: false),
                Note(shown, chosen),
            ]),
        };
        if (interactive) spec["usermeta"] = new JsonObject { ["width"] = Side, ["aspect"] = 1 };
        if (shown.Length > 1)
        {
            spec["params"] = new JsonArray(new JsonObject
            {
                ["name"] = "frame", ["value"] = shown.Length - 1, ["bind"] = new JsonObject { ["input"] = "range", ["min"] = 0, ["max"] = shown.Length - 1, ["step"] = 1, ["name"] = "Checkpoint " },
            });
        }

        return spec;
    }

    private string Colour(int place) => ClassColours.Cyclic(place, circle.Symbols);

    private IEnumerable<JsonObject> Rows(Moment moment, int frame)
    {
        JsonObject Row(int symbol, int order) => new()
        {
            ["frame"] = frame, ["step"] = moment.Step, ["symbol"] = symbol, ["order"] = order, ["place"] = circle.Place(symbol), ["bright"] = ClassColours.IsBright(Colour(circle.Place(symbol))),
            ["x"] = Math.Round(history.Value(moment.Index, symbol, 0), 4), ["y"] = Math.Round(history.Value(moment.Index, symbol, 1), 4), ["closing"] = order == circle.Symbols,
        };
        return circle.Stride is null ? Enumerable.Range(0, circle.Symbols).Select(symbol => Row(symbol, symbol)) : circle.Path.Select(Row);
    }

    private JsonObject Note(Moment[] shown, string chosen)
    {
        var note = Marks.Layer(
            shown.Select((moment, frame) => new JsonObject { ["frame"] = frame, ["note"] = moments.Count > 1 ? $"step {Numbers.Count(moment.Step)}, {moment.Note}" : moment.Note }),
            new JsonObject { ["type"] = "text", ["style"] = "note", ["align"] = "left", ["baseline"] = "top", ["lineBreak"] = "\n", ["dx"] = 4, ["dy"] = 2 },
            ("x", new JsonObject { ["value"] = 0 }), ("y", new JsonObject { ["value"] = 0 }), ("text", new JsonObject { ["field"] = "note" }));
        note["transform"] = new JsonArray(new JsonObject { ["filter"] = chosen });
        return note;
    }
}
