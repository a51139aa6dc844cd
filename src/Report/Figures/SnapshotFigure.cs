using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The symbols' places on the embedding line at a few moments, from first to last.</summary>
internal sealed class SnapshotFigure(RunDetail run) : Figure
{
    /// <summary>More discs than this would hide each other.</summary>
    public const int MostSymbols = 24;

    private readonly int[] _moments = Moments(run);

    public override string Id => "number-line";

    public override string Title => "The symbols on the embedding line";

    public override string Alt =>
        $"Positions of the {run.Embeddings.Symbols} symbols on a line at {_moments.Length} moments from step 0 to step {Numbers.Count(run.Row.Steps)}, each symbol connected to its next position.";

    public override string Caption =>
        "Each row is one moment; each disc is a symbol at its normalised embedding value, with threads to where it moves next. A network that has understood addition ends with its symbols in order, at equal distances.";

    protected override int Height => _moments.Length * 64;

    protected override JsonObject Draw(bool interactive)
    {
        var rows = new List<JsonObject>();
        foreach (var moment in _moments)
        {
            var values = run.Embeddings.Normalised(moment, 0, run.Row.IsReferenceConvention);
            for (var symbol = 0; symbol < values.Length; symbol++)
            {
                if (double.IsFinite(values[symbol]))
                    rows.Add(new JsonObject { ["row"] = Label(moment), ["order"] = moment, ["symbol"] = symbol, ["value"] = Math.Round(values[symbol], 5) });
            }
        }

        JsonObject X() => new()
        {
            ["field"] = "value", ["type"] = "quantitative", ["title"] = "Embedding value (normalised, no unit)",
            ["scale"] = new JsonObject { ["zero"] = false, ["padding"] = 16 }, ["axis"] = new JsonObject { ["tickCount"] = 7 },
        };
        JsonObject Y() => new()
        {
            ["field"] = "row", ["type"] = "ordinal", ["title"] = null, ["sort"] = new JsonArray([.. _moments.Select(moment => (JsonNode)Label(moment))]),
            ["scale"] = new JsonObject { ["type"] = "point", ["padding"] = 0.5 }, ["axis"] = new JsonObject { ["grid"] = true, ["labelFontSize"] = 12 },
        };
        JsonObject Color() => new() { ["field"] = "symbol", ["type"] = "ordinal", ["legend"] = null };
        return new JsonObject
        {
            ["data"] = Layers.Values(rows),
            ["layer"] = new JsonArray(
                new JsonObject
                {
                    ["mark"] = new JsonObject { ["type"] = "line", ["strokeWidth"] = 1.6, ["opacity"] = 0.45 },
                    ["encoding"] = new JsonObject { ["x"] = X(), ["y"] = Y(), ["color"] = Color(), ["order"] = new JsonObject { ["field"] = "order", ["type"] = "quantitative" } },
                },
                new JsonObject
                {
                    ["mark"] = new JsonObject { ["type"] = "circle", ["size"] = 380, ["opacity"] = 1 },
                    ["encoding"] = new JsonObject { ["x"] = X(), ["y"] = Y(), ["color"] = Color() },
                },
                DiscNumber.Layer(run.Embeddings.Symbols, early: true, X(), Y()),
                DiscNumber.Layer(run.Embeddings.Symbols, early: false, X(), Y())),
        };
    }

    /// <summary>The first state, the last, and four between that halve towards the first.</summary>
    private static int[] Moments(RunDetail run)
    {
        var last = run.Embeddings.Steps[^1];
        long[] wanted = [0, last / 16, last / 8, last / 4, last / 2, last];
        return [.. wanted.Select(step => Search.Nearest(run.Embeddings.Steps, step)).Where(index => index >= 0).Distinct()];
    }

    private string Label(int moment) => $"step {Numbers.Count(run.Embeddings.Steps[moment])}";
}
