using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>All panels of a figure in one picture.</summary>
internal static class Composite
{
    /// <summary>A self-contained Vega-Lite specification with title and colours, for a file.</summary>
    public static JsonObject Of(PaperFigure figure, Theme theme) => new()
    {
        ["$schema"] = "https://vega.github.io/schema/vega-lite/v6.json",
        ["description"] = string.Join(' ', figure.Panels.Select(panel => $"({panel.Letter}) {panel.Figure.Alt} {panel.Figure.Caption}").Append(figure.Panels.First().Figure.Provenance)),
        ["title"] = new JsonObject { ["text"] = $"{figure.Name}. {figure.Title}", ["subtitle"] = figure.Runs.Identity, ["offset"] = 22, ["frame"] = "bounds" },
        ["vconcat"] = new JsonArray([.. figure.Rows.Select(Row)]),
        ["spacing"] = 40,
        ["resolve"] = Independent(),
        ["config"] = theme.Config(),
    };

    private static JsonObject Row(IReadOnlyList<Panel> row) => new()
    {
        ["hconcat"] = new JsonArray([.. row.Select(panel => panel.Figure.Part(panel.Letter, panel.Width, row.Max(other => other.Figure.Head)))]),
        // Only the plots are set in line ("flush"): what stands around them differs from panel to panel.
        ["bounds"] = "flush",
        ["spacing"] = row.Max(panel => panel.Figure.Gutter),
        ["resolve"] = Independent(),
    };

    /// <summary>Colours and shapes mean something else in every panel.</summary>
    private static JsonObject Independent() => new()
    {
        ["scale"] = new JsonObject { ["color"] = "independent", ["fill"] = "independent", ["shape"] = "independent" },
        ["legend"] = new JsonObject { ["color"] = "independent", ["fill"] = "independent", ["shape"] = "independent" },
    };
}
