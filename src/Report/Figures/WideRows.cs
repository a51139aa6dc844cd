using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Curves side by side, one data row per recorded step.</summary>
internal static class WideRows
{
    /// <param name="axis">Steps that have no place on it are left out.</param>
    /// <param name="curves">Field names and curves; a value that is not finite, or zero where <paramref name="positive"/>, becomes null.</param>
    /// <param name="scale">Factor on every value.</param>
    /// <param name="positive">For logarithmic axes.</param>
    public static JsonObject Of(StepAxis axis, IReadOnlyList<(string Field, Curve Curve)> curves, double scale = 1, bool positive = false)
    {
        var rows = new SortedDictionary<long, JsonObject>();
        foreach (var (field, curve) in curves)
        {
            for (var i = 0; i < curve.Steps.Count; i++)
            {
                if (!axis.Shows(curve.Steps[i]) || (positive && !(curve.Values[i] > 0))) continue;
                if (!rows.TryGetValue(curve.Steps[i], out var row)) rows.Add(curve.Steps[i], row = new JsonObject { ["step"] = curve.Steps[i] });
                row[field] = Layers.Number(curve.Values[i] * scale);
            }
        }

        return Layers.Values(rows.Values);
    }
}
