using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The exported model's accuracy on what it was shown and on what it was not.</summary>
internal sealed class SplitAccuracyMeasure : IMeasure
{
    public string Name => "split_accuracy";

    public string Source => "arg max of the logits that ONNX Runtime computes";

    public string Needs => "logits, split";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("train_accuracy", ColumnType.Float64, "fraction of the training samples predicted correctly"),
        new("validation_accuracy", ColumnType.Float64, "fraction of the other samples predicted correctly; null: there are none"),
    ];

    public double?[] Compute(MeasureContext context) => [context.Outputs.Accuracy(context.Task.Train), context.Outputs.Accuracy(context.Task.Validation)];
}
