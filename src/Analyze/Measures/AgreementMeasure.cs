using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>Whether the exported model is the model: ONNX Runtime's outputs against the trainer's own.</summary>
internal sealed class AgreementMeasure : IMeasure
{
    public string Name => "agreement";

    public string Source => "the trainer's witness";

    public string Needs => "logits, the trainer's witness";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("output_difference", ColumnType.Float64,
            "largest difference between ONNX Runtime's and the trainer's outputs, relative to the largest output, over all samples and outputs; null: no witness"),
        new("differing_predictions", ColumnType.Int64, "samples whose predicted class is not the trainer's, ties in rounding aside; null: no witness"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        if (context.Witness is not { } witness) return [null, null];
        var difference = 0.0;
        foreach (var (name, expected) in witness.Outputs) difference = Math.Max(difference, Agreement.Difference(Find(context, witness, name, expected).Values, expected.AsFloats()));
        var logits = witness.Outputs.FirstOrDefault(output => output.Key == "logits").Value ?? throw new NotMeasurableException("the witness holds no logits");
        return [difference, Agreement.DifferingPredictions(context.Outputs.Logits.Values, logits.AsFloats(), context.Outputs.Logits.Columns)];
    }

    private static ModelOutput Find(MeasureContext context, Witness witness, string name, Tensor expected)
    {
        var output = context.Outputs.All.FirstOrDefault(output => output.Name == name)
            ?? throw new GoldilocksException($"{context.Checkpoint.File.Path}: lacks an output that the trainer's witness {witness.Path} has.");
        return expected.Type == ElementType.Float32 && expected.Shape.SequenceEqual([context.Task.Evaluation.Count, output.Columns]) ? output
            : throw new GoldilocksException($"{context.Checkpoint.File.Path}: its outputs have other shapes than the trainer's witness {witness.Path}.");
    }
}
