using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The paths of the symbols in the first two dimensions of their embedding.</summary>
internal sealed class PlaneFigure(RunDetail run) : Figure
{
    public override string Id => "embedding";

    public override string Title => "The embedding in its first two dimensions";

    public override string Alt => $"Paths of the {run.Embeddings.Symbols} symbols in the plane of the first two embedding dimensions, each ending at its number.";

    public override string Caption =>
        $"Path of each symbol in the first two of {run.Embeddings.Dimension} {(run.Row.IsGroup ? "entries of its matrix" : "embedding dimensions")}, each normalised at every step to zero mean and unit variance; the number marks the end.";

    protected override int Height => 480;

    protected override JsonObject Draw(bool interactive)
    {
        var rows = new List<JsonObject>();
        for (var t = 0; t < run.Embeddings.Steps.Count; t++)
        {
            var (x, y) = (run.Embeddings.Normalised(t, 0, run.Row.IsReferenceConvention), run.Embeddings.Normalised(t, 1, run.Row.IsReferenceConvention));
            for (var symbol = 0; symbol < x.Length; symbol++)
            {
                if (!double.IsFinite(x[symbol]) || !double.IsFinite(y[symbol])) continue;
                rows.Add(new JsonObject { ["step"] = run.Embeddings.Steps[t], ["symbol"] = symbol, ["x"] = Math.Round(x[symbol], 4), ["y"] = Math.Round(y[symbol], 4) });
            }
        }

        JsonObject Axis(string field, string title) => new()
        {
            ["field"] = field, ["type"] = "quantitative", ["title"] = title, ["scale"] = new JsonObject { ["zero"] = false, ["nice"] = true },
        };
        JsonObject XAxis() => Axis("x", "First dimension (normalised, no unit)");
        JsonObject YAxis() => Axis("y", "Second dimension (normalised, no unit)");
        JsonObject Encoding(params ReadOnlySpan<(string Channel, JsonObject Definition)> more)
        {
            var encoding = new JsonObject
            {
                ["x"] = XAxis(),
                ["y"] = YAxis(),
                ["color"] = new JsonObject { ["field"] = "symbol", ["type"] = "ordinal", ["legend"] = null },
            };
            foreach (var (channel, definition) in more) encoding[channel] = definition;
            return encoding;
        }

        return new JsonObject
        {
            ["data"] = Layers.Values(rows),
            ["layer"] = new JsonArray(
            [
                new JsonObject
                {
                    ["mark"] = new JsonObject { ["type"] = "line", ["strokeWidth"] = 1.4, ["opacity"] = 0.6 },
                    ["encoding"] = Encoding(("order", new JsonObject { ["field"] = "step", ["type"] = "quantitative" })),
                },
                new JsonObject
                {
                    ["transform"] = new JsonArray(new JsonObject { ["filter"] = $"datum.step == {run.Embeddings.Steps[^1]}" }),
                    ["mark"] = new JsonObject { ["type"] = "circle", ["size"] = 320, ["opacity"] = 1 },
                    ["encoding"] = Encoding(),
                },
                .. ((bool[])[true, false]).Select(early => DiscNumber.Layer(
                    run.Embeddings.Symbols, early, XAxis(), YAxis(), $"datum.step == {run.Embeddings.Steps[^1]}")),
            ]),
        };
    }
}
