using Goldilocks.Native;
using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>How far the weights are from where they began.</summary>
internal sealed class WeightChangeMeasure : IMeasure
{
    public string Name => "weight_change";

    public string Source => "Omnigrok, alpha; Barak et al. (2022), hidden progress";

    public string Needs => "weights, the run's first checkpoint";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("weight_norm_ratio", ColumnType.Float64, "norm of all parameters divided by that of the run's first checkpoint"),
        new("largest_weight_change", ColumnType.Float64, "largest change of a parameter since the run's first checkpoint, absolute"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        Tensor[] now = [.. context.Checkpoint.Parameters], then = [.. context.Run.First.Parameters];
        if (now.Length == 0) throw new NotMeasurableException("the model has no parameters");
        if (now.Length != then.Length || now.Zip(then).Any(pair => pair.First.Type != ElementType.Float32 || pair.Second.Type != ElementType.Float32 || pair.First.Count != pair.Second.Count))
            throw new NotMeasurableException("the run's first checkpoint has other parameters, or they are no 32-bit numbers");
        var initial = then.Sum(SquaredNorm.Of);
        var change = now.Zip(then).Max(pair => Largest(pair.First.AsFloats(), pair.Second.AsFloats()));
        return [initial > 0 ? Math.Sqrt(now.Sum(SquaredNorm.Of) / initial) : null, change];
    }

    private static double Largest(ReadOnlySpan<float> now, ReadOnlySpan<float> then)
    {
        var largest = 0f;
        for (var i = 0; i < now.Length; i++) largest = Math.Max(largest, Math.Abs(now[i] - then[i]));
        return largest;
    }
}
