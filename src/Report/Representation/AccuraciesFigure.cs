using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Accuracy curves of a run, and thinly those of others like it.</summary>
/// <param name="id">The chart's name in files.</param>
/// <param name="title">Its heading.</param>
/// <param name="runs">The run that is told of comes first.</param>
/// <param name="axis">Steps.</param>
internal sealed class AccuraciesFigure(string id, string title, IReadOnlyList<RunCurves> runs, StepAxis axis) : Figure
{
    private static readonly string[] Splits = ["train", "validation"];

    private readonly RunRow _first = runs[0].Row;

    public override string Id => id;

    public override string Title => title;

    public override string Alt =>
        $"Line chart of accuracy against training step. Training accuracy reaches {Numbers.Percent(_first.AccuracyThreshold)} at step {Numbers.StepOrNever(_first.TrainStep)}, validation accuracy at step {Numbers.StepOrNever(_first.ValidationStep)}.";

    public override string Caption =>
        $"Share of pairs answered correctly, for the pairs shown in training (train) and those kept back (validation), seed {Numbers.Count(_first.Seed)}{Others}. Vertical lines mark the first step at which each reaches {Numbers.Percent(_first.AccuracyThreshold)}. {axis.Note}".Trim();

    public override int Head => 44;

    private string Others => runs.Count > 1 ? $"; thin lines: {Numbers.Counted(runs.Count - 1, "other seed")}" : "";

    protected override JsonObject Draw(bool interactive)
    {
        var y = Layers.Y("Correct answers (% of pairs)", new JsonObject { ["domain"] = new JsonArray(0, 100), ["nice"] = false });
        return new JsonObject
        {
            ["data"] = WideRows.Of(axis, [("train", runs[0].Train), ("validation", runs[0].Validation)], scale: 100),
            ["layer"] = new JsonArray(
            [
                .. Layers.Threshold(y, 100 * _first.AccuracyThreshold, Numbers.Percent(_first.AccuracyThreshold)),
                .. runs.Count > 1 ? Splits.Select(split => Thin(split, y)) : [],
                Layers.Lines(axis.Encode(), y, Splits),
                .. Layers.Milestones(
                    axis,
                    new Milestone(_first.TrainStep, $"train at step {Numbers.StepOrNever(_first.TrainStep)}", "train", Height - 52),
                    new Milestone(_first.ValidationStep, $"validation at step {Numbers.StepOrNever(_first.ValidationStep)}", "validation", Height - 26)),
                .. Layers.Pointer(interactive, axis, ("train", "train (%)", ".1f"), ("validation", "validation (%)", ".1f")),
            ]),
        };
    }

    private JsonObject Thin(string split, JsonObject y)
    {
        var rows = runs.Skip(1).SelectMany(run =>
        {
            var curve = split == "train" ? run.Train : run.Validation;
            return Enumerable.Range(0, curve.Steps.Count).Where(i => axis.Shows(curve.Steps[i]) && double.IsFinite(curve.Values[i]))
                .Select(i => new JsonObject { ["step"] = curve.Steps[i], ["value"] = Math.Round(100 * curve.Values[i], 2), ["seed"] = run.Row.Seed });
        });
        return Marks.Layer(
            rows, new JsonObject { ["type"] = "line", ["style"] = split, ["strokeWidth"] = 1, ["opacity"] = 0.45 },
            ("x", axis.Encode()), ("y", y), ("detail", new JsonObject { ["field"] = "seed", ["type"] = "nominal" }));
    }
}
