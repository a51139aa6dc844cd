using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Accuracy on shown and unseen pairs against the step, with the threshold steps.</summary>
/// <param name="run">What was recorded.</param>
/// <param name="logarithmic">Whether the step axis is logarithmic in any case.</param>
internal sealed class AccuracyFigure(RunDetail run, bool logarithmic = false) : Figure
{
    private readonly StepAxis _axis = new(run.Row, logarithmic);
    private readonly string _noun = Terms.Noun(run.Row);

    public override string Id => "accuracy";

    public override string Title => "Accuracy during training";

    public override string Alt =>
        $"Line chart of accuracy against training step. Training accuracy reaches {Numbers.Percent(run.Row.AccuracyThreshold)} at step {Numbers.StepOrNever(run.Row.TrainStep)}, validation accuracy {Numbers.Percent(run.Row.ValidationThreshold)} at step {Numbers.StepOrNever(run.Row.ValidationStep)}.";

    public override string Caption =>
        $"Share of {_noun}s answered correctly, for the {_noun}s shown in training (train) and those kept back (validation). Vertical lines mark the first step at which each reaches {Marked}. {_axis.Note}".Trim();

    private IEnumerable<double> Thresholds => ((double[])[run.Row.AccuracyThreshold, run.Row.ValidationThreshold]).Distinct();

    private string Marked => string.Join(" and ", Thresholds.Select(threshold => Numbers.Percent(threshold)));

    public override int Head => 60;

    protected override JsonObject Draw(bool interactive)
    {
        var y = Layers.Y($"Correct answers (% of {_noun}s)", new JsonObject { ["domain"] = new JsonArray(0, 100), ["nice"] = false });
        return new JsonObject
        {
            ["data"] = WideRows.Of(_axis, [("train", run.TrainAccuracy), ("validation", run.ValidationAccuracy)], scale: 100),
            ["layer"] = new JsonArray(
            [
                .. Thresholds.SelectMany(threshold => Layers.Threshold(y, 100 * threshold, Numbers.Percent(threshold))),
                Layers.Lines(_axis.Encode(), y, "train", "validation"),
                .. Layers.Milestones(
                    _axis,
                    new Milestone(run.Row.TrainStep, $"{Terms.AccuracyRule(run.Row, "train")} at step {Numbers.StepOrNever(run.Row.TrainStep)}", "train", logarithmic ? 16 : Height - 52),
                    new Milestone(run.Row.ValidationStep, $"{Terms.AccuracyRule(run.Row, "validation")} at step {Numbers.StepOrNever(run.Row.ValidationStep)}", "validation", logarithmic ? 80 : Height - 26)),
                .. Layers.Pointer(interactive, _axis, ("train", "train (%)", ".1f"), ("validation", "validation (%)", ".1f")),
            ]),
        };
    }
}
