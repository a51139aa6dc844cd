using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The exported model's accuracy on all samples of its task.</summary>
internal sealed class AccuracyMeasure : IMeasure
{
    public string Name => "accuracy";

    public string Source => "arg max of the logits that ONNX Runtime computes";

    public string Needs => "logits";

    public IReadOnlyList<Column> Columns { get; } = [new("accuracy", ColumnType.Float64, "fraction of all samples predicted correctly, training samples included")];

    public double?[] Compute(MeasureContext context) => [context.Outputs.Accuracy(Enumerable.Range(0, context.Task.Evaluation.Count).ToArray())];
}
