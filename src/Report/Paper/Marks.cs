using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Marks that the panels share. Their data rows have the fields x and y.</summary>
internal static class Marks
{
    /// <summary>Colour of this project's trained networks.</summary>
    public const string Ours = "train";

    /// <summary>Colour of the authors' results.</summary>
    public const string Authors = "validation";

    /// <summary>Colour of what theory says.</summary>
    public const string Theory = "rqi";

    /// <summary>A filled disc, for legends.</summary>
    public const string Disc = "circle";

    /// <summary>A ring, for legends.</summary>
    public const string Ring = "M1,0A1,1,0,1,1,-1,0A1,1,0,1,1,1,0ZM0.66,0A0.66,0.66,0,1,0,-0.66,0A0.66,0.66,0,1,0,0.66,0Z";

    /// <summary>The outline of a diamond, for legends.</summary>
    public const string Rhombus = "M0,-1.1L1.1,0L0,1.1L-1.1,0ZM0,-0.65L-0.65,0L0,0.65L0.65,0Z";

    /// <summary>A line, for legends.</summary>
    public const string Stroke = "M-1.3,-0.17H1.3V0.17H-1.3Z";

    /// <summary>A dashed line, for legends.</summary>
    public const string Dashes = "M-1.3,-0.15H-0.7V0.15H-1.3ZM-0.3,-0.15H0.3V0.15H-0.3ZM0.7,-0.15H1.3V0.15H0.7Z";

    private static readonly string[] Kinds = [Ours, Authors, Theory, "threshold"];

    /// <summary>A quantitative channel.</summary>
    public static JsonObject Channel(string field, string title, JsonObject scale, JsonObject? axis = null) => new()
    {
        ["field"] = field, ["type"] = "quantitative", ["title"] = title, ["scale"] = scale, ["axis"] = axis ?? new JsonObject(),
    };

    /// <summary>The share of all samples that is shown in training, from 0 to 1.</summary>
    public static JsonObject FractionX() => Channel("x", "Training data fraction (training pairs / all pairs)", Unit(), Tenths());

    /// <summary>A share from 0 to 1.</summary>
    public static JsonObject ShareY(string title) => Channel("y", title, Unit(), Tenths());

    /// <summary>A scale from 0 to 1 with room for marks on its ends.</summary>
    public static JsonObject Unit() => new() { ["domain"] = new JsonArray(0, 1), ["nice"] = false, ["padding"] = 6 };

    /// <summary>Ticks of a share.</summary>
    public static JsonObject Tenths() => new() { ["format"] = ".1f", ["tickCount"] = 6 };

    /// <summary>A layer of one mark.</summary>
    public static JsonObject Layer(IEnumerable<JsonObject> rows, JsonObject mark, params ReadOnlySpan<(string Channel, JsonNode? Definition)> encoding)
    {
        var channels = new JsonObject();
        foreach (var (channel, definition) in encoding)
        {
            if (definition is not null) channels[channel] = definition.Parent is null ? definition : definition.DeepClone();
        }

        return new JsonObject { ["data"] = Layers.Values(rows), ["mark"] = mark, ["encoding"] = channels };
    }

    /// <summary>Discs of single runs; many on one place are darker.</summary>
    public static JsonObject Discs(IEnumerable<JsonObject> rows, JsonObject x, JsonObject y, string kind, JsonArray? tooltip = null, double opacity = 0.6) =>
        Layer(rows, new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 42, ["style"] = kind, ["opacity"] = opacity }, ("x", x), ("y", y), ("tooltip", tooltip));

    /// <summary>Rings around what somebody else found.</summary>
    public static JsonObject Rings(IEnumerable<JsonObject> rows, JsonObject x, JsonObject y, string kind, JsonArray? tooltip = null) =>
        Layer(rows, new JsonObject { ["type"] = "point", ["filled"] = false, ["size"] = 120, ["strokeWidth"] = 1.5, ["style"] = kind, ["opacity"] = 0.95 }, ("x", x), ("y", y), ("tooltip", tooltip));

    /// <summary>A line through rows, from left to right.</summary>
    public static JsonObject Line(IEnumerable<JsonObject> rows, JsonObject x, JsonObject y, string kind, bool dashed = false)
    {
        var mark = new JsonObject { ["type"] = "line", ["style"] = new JsonArray("curve", kind) };
        if (dashed) mark["strokeDash"] = new JsonArray(6, 4);
        return Layer(rows, mark, ("x", x), ("y", y));
    }

    /// <summary>A vertical line with words beside it.</summary>
    /// <param name="x">The chart's x channel.</param>
    /// <param name="value">Where.</param>
    /// <param name="text">Its name.</param>
    /// <param name="kind">Its colour.</param>
    /// <param name="top">Pixels from the top of the plot at which the name stands.</param>
    /// <param name="left">Whether the name stands on its left.</param>
    public static IEnumerable<JsonObject> Mark(JsonObject x, double value, string text, string kind, int top, bool left = false)
    {
        JsonObject[] row = [new JsonObject { ["x"] = value }];
        JsonObject Text(string style) => Layer(
            row.Select(cell => (JsonObject)cell.DeepClone()),
            new JsonObject
            {
                ["type"] = "text", ["style"] = new JsonArray("label", style), ["text"] = text, ["align"] = left ? "right" : "left", ["baseline"] = "middle", ["dx"] = left ? -7 : 7,
            },
            ("x", x.DeepClone()), ("y", new JsonObject { ["value"] = top }));
        yield return Layer(row, new JsonObject { ["type"] = "rule", ["style"] = new JsonArray("event", kind) }, ("x", x.DeepClone()));
        yield return Text("halo");
        yield return Text(kind);
    }

    /// <summary>The line on which x and y are equal.</summary>
    public static JsonObject Identity(JsonObject x, JsonObject y, double from, double to) => Layer(
        ((double[])[from, to]).Select(value => new JsonObject { ["x"] = value, ["y"] = value }),
        new JsonObject { ["type"] = "line", ["style"] = "threshold", ["clip"] = true }, ("x", x), ("y", y));

    /// <summary>
    /// A legend of its own: an invisible mark whose colours and shapes stand for the other layers'. Colours are the theme's by position, so every
    /// entry takes the next free position of its colour, and the empty ones between are not listed.
    /// </summary>
    /// <param name="entries">Name, colour and shape.</param>
    public static JsonObject Legend(params IReadOnlyList<(string Name, string Kind, string Shape)> entries)
    {
        var (names, shapes) = (new SortedDictionary<int, string>(), new SortedDictionary<int, string>());
        foreach (var (name, kind, shape) in entries)
        {
            var position = Array.IndexOf(Kinds, kind);
            while (names.ContainsKey(position)) position += Kinds.Length;
            (names[position], shapes[position]) = (name, shape);
        }

        int[] positions = [.. Enumerable.Range(0, names.Keys.Max() + 1)];
        JsonArray Domain() => [.. positions.Select(position => (JsonNode)names.GetValueOrDefault(position, $"unused {position}"))];
        JsonObject Key() => new()
        {
            ["values"] = new JsonArray([.. entries.Select(entry => (JsonNode)entry.Name)]), ["symbolOpacity"] = 1, ["symbolStrokeWidth"] = 0, ["symbolSize"] = 110, ["labelFontSize"] = 12,
            ["columns"] = 2, ["rowPadding"] = 3,
        };
        JsonObject Channel(JsonNode range) => new()
        {
            ["field"] = "name", ["type"] = "nominal", ["scale"] = new JsonObject { ["domain"] = Domain(), ["range"] = range }, ["legend"] = Key(),
        };
        return Layer(
            entries.Select(entry => new JsonObject { ["name"] = entry.Name }),
            new JsonObject { ["type"] = "point", ["filled"] = true, ["opacity"] = 0 },
            ("x", new JsonObject { ["value"] = 0 }),
            ("y", new JsonObject { ["value"] = 0 }),
            ("color", Channel("category")),
            ("shape", Channel(new JsonArray([.. positions.Select(position => (JsonNode)shapes.GetValueOrDefault(position, Disc))]))));
    }

    /// <summary>What a mark tells the pointer: fields, their names and formats (null for text); nothing in a picture.</summary>
    public static JsonArray? Tooltip(bool interactive, params IReadOnlyList<(string Field, string Title, string? Format)> fields) => interactive
        ? [.. fields.Select(field => field.Format is { } format
            ? new JsonObject { ["field"] = field.Field, ["title"] = field.Title, ["type"] = "quantitative", ["format"] = format }
            : new JsonObject { ["field"] = field.Field, ["title"] = field.Title, ["type"] = "nominal" })]
        : null;
}
