using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Effective dimension of the embedding at each checkpoint.</summary>
internal sealed class EffectiveDimensionFigure(RunDetail run) : Figure
{
    private readonly StepAxis _axis = new(run.Row);

    public override string Id => "effective-dimension";

    public override string Title => "Effective dimension of the embedding";

    public override string Alt => $"Line chart of the effective dimension of the embedding against training step; it ends at {Numbers.Fraction(run.Analysis?[^1].EffectiveDimension)} of {run.Row.Dimension}.";

    public override string Caption =>
        $"exp(S), where S is the entropy of the embedding's explained variances: how many of the {run.Row.Dimension} dimensions the symbols really use, measured on the exported checkpoints. {_axis.Note}".Trim();

    protected override int Height => 260;

    protected override JsonObject Draw(bool interactive)
    {
        var analysis = run.Analysis ?? [];
        var curve = new Curve([.. analysis.Select(row => row.Step)], [.. analysis.Select(row => row.EffectiveDimension ?? double.NaN)]);
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
