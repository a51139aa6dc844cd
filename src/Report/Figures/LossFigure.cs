using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Loss on shown and unseen pairs against the step.</summary>
/// <param name="run">What was recorded.</param>
/// <param name="logarithmic">Whether the step axis is logarithmic in any case.</param>
internal sealed class LossFigure(RunDetail run, bool logarithmic = false) : Figure
{
    private readonly StepAxis _axis = new(run.Row, logarithmic);

    public override string Id => "loss";

    public override string Title => "Loss during training";

    public override string Alt =>
        $"Line chart of loss against training step on a logarithmic scale. Training loss goes from {Numbers.Loss(run.TrainLoss.Nearest(0)?.Value)} to {Numbers.Loss(run.Row.Number("final_train_loss"))}.";

    public override string Caption => $"{Terms.LossName(run.Row)}, averaged over the {Terms.Noun(run.Row)}s shown in training (train) and those kept back (validation); logarithmic scale. {_axis.Note}".Trim();

    /// <summary>What a logarithmic axis can show.</summary>
    private IEnumerable<double> Positive => run.TrainLoss.Values.Concat(run.ValidationLoss.Values).Where(value => value > 0 && double.IsFinite(value));

    public override int Head => 60;

    protected override JsonObject Draw(bool interactive)
    {
        var scale = new JsonObject { ["type"] = "log", ["nice"] = true };
        if (!Positive.Any()) scale["domain"] = new JsonArray(0.1, 1);
        var y = Layers.Y($"{Terms.LossName(run.Row)}, logarithmic", scale, new JsonObject { ["format"] = "~g", ["labelOverlap"] = "greedy", ["values"] = Layers.Decades([.. Positive]) });
        return new JsonObject
        {
            ["data"] = WideRows.Of(_axis, [("train", run.TrainLoss), ("validation", run.ValidationLoss)], positive: true),
            ["layer"] = new JsonArray(
            [
                Layers.Lines(_axis.Encode(), y, "train", "validation"),
                .. Layers.Pointer(interactive, _axis, ("train", "train", ".4~g"), ("validation", "validation", ".4~g")),
            ]),
        };
    }
}
