using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Lines of validation accuracy, named in a legend, dark to bright in their order.</summary>
internal static class ReducedLines
{
    /// <param name="points">Line, x and accuracy (a fraction).</param>
    /// <param name="lines">Their names in order.</param>
    /// <param name="x">The x channel, on the field x.</param>
    /// <param name="interactive">Whether points tell their values.</param>
    /// <param name="first">Field, name and format of x for the pointer.</param>
    public static JsonObject Chart(IEnumerable<(string Line, double X, double Accuracy)> points, IReadOnlyList<string> lines, JsonObject x, bool interactive, (string Field, string Title, string Format) first)
    {
        var y = Marks.Channel("y", "Validation accuracy (%)", new JsonObject { ["domain"] = new JsonArray(0, 100), ["nice"] = false });
        JsonObject Colour() => new()
        {
            ["field"] = "line", ["type"] = "ordinal", ["sort"] = null,
            ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. lines.Select(line => (JsonNode)line)]) },
            ["legend"] = new JsonObject { ["symbolType"] = "stroke", ["columns"] = 2, ["labelFontSize"] = 12, ["rowPadding"] = 3 },
        };
        JsonObject[] rows = [.. points.Select(point => new JsonObject { ["line"] = point.Line, ["x"] = point.X, ["y"] = Math.Round(100 * point.Accuracy, 2) })];
        return new JsonObject
        {
            ["layer"] = new JsonArray(
                Marks.Layer(rows, new JsonObject { ["type"] = "line", ["style"] = "curve" }, ("x", x), ("y", y), ("color", Colour())),
                Marks.Layer(
                    rows.Select(row => (JsonObject)row.DeepClone()), new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 30, ["opacity"] = 1 }, ("x", x), ("y", y), ("color", Colour()),
                    ("tooltip", Marks.Tooltip(interactive, ("line", "line", null), (first.Field, first.Title, first.Format), ("y", "validation (%)", ".1f"))))),
        };
    }
}
