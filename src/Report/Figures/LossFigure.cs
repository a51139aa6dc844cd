using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Loss on shown and unseen pairs against the step.</summary>
internal sealed class LossFigure(RunDetail run) : Figure
{
    private readonly StepAxis _axis = new(run.Row);

    public override string Id => "loss";

    public override string Title => "Loss during training";

    public override string Alt =>
        $"Line chart of loss against training step on a logarithmic scale. Training loss goes from {Numbers.Loss(run.TrainLoss.Nearest(0)?.Value)} to {Numbers.Loss(run.Row.Number("final_train_loss"))}.";

    public override string Caption => $"{Terms.LossName(run.Row)}, averaged over the pairs shown in training (train) and those kept back (validation); logarithmic scale. {_axis.Note}".Trim();

    protected override JsonObject Draw(bool interactive)
    {
        var y = Layers.Y($"{Terms.LossName(run.Row)}, logarithmic", new JsonObject { ["type"] = "log", ["nice"] = true },
            new JsonObject { ["format"] = "~g", ["tickCount"] = 6, ["labelOverlap"] = "greedy" });
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
