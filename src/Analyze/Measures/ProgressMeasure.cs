using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>What the key frequencies of the run's end achieve alone, and what is left without them.</summary>
internal sealed class ProgressMeasure : IMeasure
{
    public string Name => "progress";

    public string Source => "Nanda et al. (2023), section 5";

    public string Needs => "logits of all ordered pairs, split, the run's last checkpoint";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("restricted_loss", ColumnType.Float64, "cross-entropy, in nats, on the validation samples of the logits reduced to their means and the key frequencies of a + b of the run's last checkpoint"),
        new("excluded_loss", ColumnType.Float64, "cross-entropy, in nats, on the training samples of the logits without these frequencies"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var keys = context.Run.FinalKeys;
        var logits = context.SumLogits;
        return [context.Task.Validation.IsEmpty ? null : logits.RestrictedLoss(keys, context.Task.Validation), logits.ExcludedLoss(keys, context.Task.Train)];
    }
}
