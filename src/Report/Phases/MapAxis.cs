using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>An axis of a map in Vega-Lite's terms: cells have edges where the axis is measured, and bands of one size where it is ordinal.</summary>
/// <param name="axis">The parameter; null for the only row of a strip.</param>
/// <param name="field">"x" or "y".</param>
internal sealed class MapAxis(SweepAxis? axis, string field)
{
    /// <summary>Labels that do not crowd an axis.</summary>
    private const int MostTicks = 9;

    private bool IsMeasured => axis is { Kind: not AxisKind.Ordinal };

    /// <summary>Gives a data row its place: the edges of a cell, or its label.</summary>
    public void Place(JsonObject row, int index)
    {
        if (IsMeasured) (row[field], row[$"{field}2"]) = (axis!.Edges(index).From, axis.Edges(index).To);
        else row[field] = axis?.Labels[index] ?? "";
    }

    /// <summary>Channels of rectangles.</summary>
    public IEnumerable<(string Channel, JsonNode? Definition)> Channels()
    {
        yield return (field, Channel());
        if (IsMeasured) yield return ($"{field}2", new JsonObject { ["field"] = $"{field}2" });
    }

    private JsonObject Channel()
    {
        if (axis is null) return new JsonObject { ["field"] = field, ["type"] = "nominal", ["title"] = null, ["axis"] = null };
        var title = axis.Kind == AxisKind.Logarithmic ? $"{axis.Title} (logarithmic)" : axis.Title;
        if (IsMeasured)
        {
            var scale = new JsonObject { ["type"] = "log", ["domain"] = new JsonArray(axis.Edges(0).From, axis.Edges(axis.Count - 1).To), ["nice"] = false };
            if (axis.Kind == AxisKind.Linear) (scale["type"], scale["zero"]) = ("linear", false);
            return Marks.Channel(
                field, title, scale,
                new JsonObject { ["values"] = new JsonArray([.. Ticks().Select(tick => (JsonNode)tick)]), ["labelExpr"] = Format(), ["labelOverlap"] = "greedy", ["grid"] = false, ["domain"] = false });
        }

        // Bands of the y axis are numbered from above.
        var labels = field == "y" ? axis.Labels.Reverse() : axis.Labels;
        return new JsonObject
        {
            ["field"] = field, ["type"] = "ordinal", ["title"] = title,
            ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. labels.Select(label => (JsonNode)label)]), ["padding"] = 0 },
            ["axis"] = new JsonObject { ["labelAngle"] = 0, ["labelOverlap"] = "greedy", ["domain"] = false },
        };
    }

    /// <summary>Powers of ten on a logarithmic axis that has two of them or more; otherwise values of the parameter.</summary>
    private IEnumerable<double> Ticks()
    {
        double[] ticks = [.. axis!.Values];
        if (axis.Kind == AxisKind.Logarithmic)
        {
            var (from, to) = (axis.Edges(0).From, axis.Edges(axis.Count - 1).To);
            double[] decades = [.. Enumerable.Range((int)Math.Ceiling(Math.Log10(from)), 700).Select(power => Math.Pow(10, power)).TakeWhile(decade => decade <= to)];
            if (decades.Length > 1) ticks = decades;
        }

        var stride = ((ticks.Length - 1) / MostTicks) + 1;
        return ticks.Where((_, i) => i % stride == 0);
    }

    private string Format() => axis!.Kind == AxisKind.Logarithmic && (axis.Values[0] < 0.01 || axis.Values[^1] >= 1e5) ? "replace(format(datum.value, '~e'), 'e+', 'e')" : "format(datum.value, '~g')";
}
