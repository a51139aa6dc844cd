using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Effective dimension of the embedding: as recorded in training, or else at each checkpoint.</summary>
internal sealed class EffectiveDimensionFigure(RunDetail run) : Figure
{
    private readonly StepAxis _axis = new(run.Row);
    private readonly bool _isRecorded = run.EffectiveDimension.Steps.Count > 0;

    private Curve Values => _isRecorded
        ? run.EffectiveDimension
        : new Curve([.. (run.Analysis ?? []).Select(row => row.Step)], [.. (run.Analysis ?? []).Select(row => row.EffectiveDimension ?? double.NaN)]);

    public override string Id => "effective-dimension";

    public override string Title => "Effective dimension of the embedding";

    public override string Alt => $"Line chart of the effective dimension of the embedding against training step; it ends at {Numbers.Fraction(Values.Values[^1])} of {run.Row.Dimension}.";

    public override string Caption =>
        $"exp(S), where S is the entropy of the embedding's explained variances: how many of the {run.Row.Dimension} dimensions the symbols really use, {(_isRecorded ? "recorded in training" : "measured on the exported checkpoints")}. {_axis.Note}".Trim();

    protected override int Height => 260;

    protected override JsonObject Draw(bool interactive)
    {
        return new JsonObject
        {
            ["data"] = WideRows.Of(_axis, [("dimension", Values)]),
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
