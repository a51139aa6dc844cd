using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>Cross-entropy of the logits on what was shown and on what was not.</summary>
internal sealed class LossMeasure : IMeasure
{
    public string Name => "loss";

    public string Source => "cross-entropy of the logits that ONNX Runtime computes";

    public string Needs => "logits, split";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("train_loss", ColumnType.Float64, "mean cross-entropy over the training samples, in nats"),
        new("validation_loss", ColumnType.Float64, "the same over the other samples; null: there are none"),
    ];

    public double?[] Compute(MeasureContext context) => [context.Outputs.Loss(context.Task.Train), context.Outputs.Loss(context.Task.Validation)];
}
