using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>‖θ‖₂ over all parameters.</summary>
internal sealed class WeightNormMeasure : IMeasure
{
    public string Name => "weight_norm";

    public string Source => "Omnigrok";

    public string Needs => "weights";

    public IReadOnlyList<Column> Columns { get; } = [new("weight_norm", ColumnType.Float64, "Euclidean norm of all parameters together, biases and embedding included")];

    public double?[] Compute(MeasureContext context)
    {
        var parameters = context.Checkpoint.Parameters.ToArray();
        return parameters.Length > 0 ? [Math.Sqrt(parameters.Sum(SquaredNorm.Of))] : throw new NotMeasurableException("the model has no parameters");
    }
}
