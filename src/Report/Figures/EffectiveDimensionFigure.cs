using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Effective dimension of the embedding during training.</summary>
/// <param name="run">The run.</param>
/// <param name="curve">Its effective dimension.</param>
/// <param name="source">Where it was measured: "on the exported checkpoints".</param>
internal sealed class EffectiveDimensionFigure(RunRow run, Curve curve, string source) : Figure
{
    private readonly StepAxis _axis = new(run);

    public override string Id => "effective-dimension";

    public override string Title => "Effective dimension of the embedding";

    public override string Alt => $"Line chart of the effective dimension of the embedding against training step; it ends at {Numbers.Fraction(curve.Values.LastOrDefault(double.NaN))} of {run.Dimension}.";

    public override string Caption =>
        $"exp(S), where S is the entropy of the embedding's explained variances: how many of the {run.Dimension} dimensions the symbols really use, measured {source}. {_axis.Note}".Trim();

    protected override int Height => 260;

    protected override JsonObject Draw(bool interactive)
    {
        return new JsonObject
        {
            ["data"] = WideRows.Of(_axis, [("dimension", curve)]),
            ["layer"] = new JsonArray(
            [
                new JsonObject
                {
                    ["transform"] = new JsonArray(new JsonObject { ["filter"] = "isValid(datum.dimension)" }, new JsonObject { ["calculate"] = "datum.dimension", ["as"] = "value" }),
                    ["mark"] = new JsonObject { ["type"] = "line", ["style"] = new JsonArray("curve", "rqi") },
                    ["encoding"] = new JsonObject { ["x"] = _axis.Encode(), ["y"] = Layers.Y("Effective dimension exp(S)", new JsonObject { ["zero"] = true, ["nice"] = true }) },
                },
                .. Layers.Pointer(interactive, _axis, ("dimension", "exp(S)", ".3f")),
            ]),
        };
    }
}
