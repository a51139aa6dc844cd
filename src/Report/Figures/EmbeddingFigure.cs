using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The normalised one-dimensional embedding values over training: the picture of Figure 4 (d).</summary>
internal sealed class EmbeddingFigure(RunDetail run) : Figure
{
    /// <summary>Lines that can still be told apart.</summary>
    private const int MostLines = 60;

    private readonly StepAxis _axis = new(run.Row);
    private readonly int _stride = (run.Embeddings.Symbols + MostLines - 1) / MostLines;

    public override string Id => "embedding";

    public override string Title => "Embedding values during training";

    public override string Alt =>
        $"Line chart of the {run.Embeddings.Symbols} embedding values against training step, one line per symbol. Where the network has understood addition, the lines end equally spaced and in order.";

    public override string Caption =>
        $"Value of each symbol's embedding, shifted and scaled at every step to zero mean and unit variance ({(run.Row.IsReferenceConvention ? "unbiased" : "population")} standard deviation); the number at the right end is the symbol.{Left} {_axis.Note}".Trim();

    protected override int Height => 380;

    private string Left => _stride > 1 ? $" Of {run.Embeddings.Symbols} symbols, every {_stride}th is drawn." : "";

    protected override JsonObject Draw(bool interactive)
    {
        var rows = new List<JsonObject>();
        for (var t = 0; t < run.Embeddings.Steps.Count; t++)
        {
            var step = run.Embeddings.Steps[t];
            if (!_axis.Shows(step)) continue;
            var values = run.Embeddings.Normalised(t, 0, run.Row.IsReferenceConvention);
            for (var symbol = 0; symbol < values.Length; symbol += _stride)
                rows.Add(new JsonObject { ["step"] = step, ["symbol"] = symbol, ["value"] = double.IsFinite(values[symbol]) ? Math.Round(values[symbol], 5) : null });
        }

        var last = run.Embeddings.Steps[^1];
        var y = Layers.Y("Embedding value (normalised, no unit)", new JsonObject { ["nice"] = true, ["zero"] = false }, new JsonObject { ["tickCount"] = 7 });
        JsonObject Color() => new() { ["field"] = "symbol", ["type"] = "ordinal", ["legend"] = null };
        return new JsonObject
        {
            ["data"] = Layers.Values(rows),
            ["layer"] = new JsonArray(
            [
                new JsonObject
                {
                    ["mark"] = new JsonObject { ["type"] = "line", ["style"] = "curve" },
                    ["encoding"] = new JsonObject { ["x"] = _axis.Encode(), ["y"] = y.DeepClone(), ["color"] = Color() },
                },
                new JsonObject
                {
                    ["transform"] = new JsonArray(new JsonObject { ["filter"] = $"datum.step == {last}" }),
                    ["mark"] = new JsonObject { ["type"] = "text", ["style"] = "label", ["align"] = "left", ["baseline"] = "middle", ["dx"] = 7, ["fontWeight"] = "bold" },
                    ["encoding"] = new JsonObject { ["x"] = _axis.Encode(), ["y"] = y.DeepClone(), ["color"] = Color(), ["text"] = new JsonObject { ["field"] = "symbol" } },
                },
                .. Layers.Milestones(_axis, new Milestone(run.Row.RqiStep, $"{Terms.RqiRule(run.Row)} at step {Numbers.StepOrNever(run.Row.RqiStep)}", "rqi", Height - 14)),
                .. Hover(interactive, y),
            ]),
        };
    }

    /// <summary>Points that are seen when the pointer is near and tell their symbol and value.</summary>
    private IEnumerable<JsonObject> Hover(bool interactive, JsonObject y)
    {
        if (!interactive) yield break;
        yield return new JsonObject
        {
            ["params"] = new JsonArray(new JsonObject
            {
                ["name"] = "pointer",
                ["select"] = new JsonObject { ["type"] = "point", ["nearest"] = true, ["on"] = "pointerover", ["clear"] = "pointerout" },
            }),
            ["transform"] = new JsonArray(new JsonObject { ["filter"] = "isValid(datum.value)" }),
            ["mark"] = new JsonObject { ["type"] = "circle", ["size"] = 60 },
            ["encoding"] = new JsonObject
            {
                ["x"] = _axis.Encode(),
                ["y"] = y.DeepClone(),
                ["color"] = new JsonObject { ["field"] = "symbol", ["type"] = "ordinal", ["legend"] = null },
                ["opacity"] = new JsonObject { ["condition"] = new JsonObject { ["param"] = "pointer", ["empty"] = false, ["value"] = 1 }, ["value"] = 0 },
                ["tooltip"] = new JsonArray(
                    new JsonObject { ["field"] = "step", ["type"] = "quantitative" },
                    new JsonObject { ["field"] = "symbol", ["type"] = "ordinal" },
                    new JsonObject { ["field"] = "value", ["title"] = "normalised value", ["format"] = ".3f", ["type"] = "quantitative" }),
            },
        };
    }
}
