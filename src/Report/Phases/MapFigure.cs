using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>A map over the parameters of a sweep: one rectangle of one colour for each cell, nothing between cells smoothed or filled in.</summary>
/// <param name="grid">The runs.</param>
/// <param name="most">Pixels of the longer side of the plot.</param>
internal abstract class MapFigure(PhaseGrid grid, int most) : Figure
{
    /// <summary>Legends need this much width.</summary>
    private const int LeastWidth = 220;

    private readonly MapAxis _x = new(grid.X, "x");
    private readonly MapAxis _y = new(grid.Y, "y");

    public override int Width => WidthAt(most);

    protected override int Height => HeightAt(Width);

    protected PhaseGrid Grid => grid;

    /// <summary>Words for places without a run; null where there are none.</summary>
    protected string? NoRun => grid.Missing.Count() is > 0 and var count ? $"no run ({Numbers.Count(count)})" : null;

    /// <summary>Plot width for another length of the longer side: cells are squares, unless the grid is narrow or a strip.</summary>
    public int WidthAt(int side) => Math.Max(LeastWidth, side * grid.Columns / Math.Max(grid.Columns, grid.Rows));

    protected override int HeightAt(int width)
    {
        var cell = (double)width / grid.Columns;
        return grid.Rows == 1 ? (int)Math.Min(cell, 60) : (int)Math.Min(cell * grid.Rows, 2 * width);
    }

    /// <summary>The layers of rectangles.</summary>
    protected abstract IEnumerable<JsonObject> Colour(bool interactive);

    protected sealed override JsonObject Draw(bool interactive)
    {
        var spec = new JsonObject { ["layer"] = new JsonArray([.. Colour(interactive)]) };
        if (interactive) spec["usermeta"] = new JsonObject { ["width"] = Width, ["aspect"] = (double)Height / Width };
        return spec;
    }

    /// <summary>Rectangles of cells.</summary>
    /// <param name="cells">Each with the fields of its colour.</param>
    /// <param name="interactive">Whether they answer to the pointer.</param>
    /// <param name="channel">"color", or "fill" for a second scale.</param>
    /// <param name="definition">What the colour means.</param>
    /// <param name="more">More to tell the pointer: field and title.</param>
    protected JsonObject Rectangles(IEnumerable<(PhaseCell Cell, JsonObject Fields)> cells, bool interactive, string channel, JsonObject definition, params IReadOnlyList<(string Field, string Title, string? Format)> more)
    {
        var rows = cells.Select(cell =>
        {
            var row = CellWords.Of(grid, cell.Cell);
            _x.Place(row, cell.Cell.Column);
            _y.Place(row, cell.Cell.Row);
            foreach (var (name, value) in cell.Fields) row[name] = value?.DeepClone();
            return row;
        });
        return Marks.Layer(
            rows, new JsonObject { ["type"] = "rect", ["style"] = "cell", ["aria"] = false },
            [.. _x.Channels(), .. _y.Channels(), (channel, definition), ("tooltip", Marks.Tooltip(interactive, [.. CellWords.Titles(grid), .. more]))]);
    }

    /// <summary>A scale from words to colours, with its legend.</summary>
    public static JsonObject Named(string field, IReadOnlyList<(string Name, string Colour)> entries, int columns) => new()
    {
        ["field"] = field, ["type"] = "nominal",
        ["scale"] = new JsonObject
        {
            ["domain"] = new JsonArray([.. entries.Select(entry => (JsonNode)entry.Name)]), ["range"] = new JsonArray([.. entries.Select(entry => (JsonNode)entry.Colour)]),
        },
        ["legend"] = new JsonObject
        {
            ["symbolType"] = "square", ["symbolSize"] = 150, ["symbolStrokeWidth"] = 1, ["symbolStrokeColor"] = "#8b949e", ["labelFontSize"] = 12, ["columns"] = columns, ["rowPadding"] = 3,
        },
    };
}
