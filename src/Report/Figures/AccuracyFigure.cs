using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Accuracy on shown and unseen pairs against the step, with the threshold steps.</summary>
internal sealed class AccuracyFigure(RunDetail run) : Figure
{
    private readonly StepAxis _axis = new(run.Row);

    public override string Id => "accuracy";

    public override string Title => "Accuracy during training";

    public override string Alt =>
        $"Line chart of accuracy against training step. Training accuracy reaches {Numbers.Percent(run.Row.AccuracyThreshold)} at step {Numbers.StepOrNever(run.Row.TrainStep)}, validation accuracy at step {Numbers.StepOrNever(run.Row.ValidationStep)}.";

    public override string Caption =>
        $"Share of pairs answered correctly, for the pairs shown in training (train) and those kept back (validation). Vertical lines mark the first step at which each reaches {Numbers.Percent(run.Row.AccuracyThreshold)}. {_axis.Note}".Trim();

    protected override JsonObject Draw(bool interactive)
    {
        var y = Layers.Y("Correct answers (% of pairs)", new JsonObject { ["domain"] = new JsonArray(0, 100), ["nice"] = false });
        return new JsonObject
        {
            ["data"] = WideRows.Of(_axis, [("train", run.TrainAccuracy), ("validation", run.ValidationAccuracy)], scale: 100),
            ["layer"] = new JsonArray(
            [
                .. Layers.Threshold(y, 100 * run.Row.AccuracyThreshold, Numbers.Percent(run.Row.AccuracyThreshold)),
                Layers.Lines(_axis.Encode(), y, "train", "validation"),
                .. Layers.Milestones(
                    _axis,
                    new Milestone(run.Row.TrainStep, $"{Terms.AccuracyRule(run.Row, "train")} at step {Numbers.StepOrNever(run.Row.TrainStep)}", "train", Height - 52),
                    new Milestone(run.Row.ValidationStep, $"{Terms.AccuracyRule(run.Row, "validation")} at step {Numbers.StepOrNever(run.Row.ValidationStep)}", "validation", Height - 26)),
                .. Layers.Pointer(interactive, _axis, ("train", "train (%)", ".1f"), ("validation", "validation (%)", ".1f")),
            ]),
        };
    }
}
