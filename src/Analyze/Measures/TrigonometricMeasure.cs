using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>How much of the logits is cosines of a + b - c.</summary>
internal sealed class TrigonometricMeasure : IMeasure
{
    public string Name => "trigonometric";

    public string Source => "Nanda et al. (2023), section 4";

    public string Needs => "logits of all ordered pairs, addition modulo p";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("trigonometric_share", ColumnType.Float64, "fraction of the logits' variance, a constant per pair aside, that cos(2 pi k (a + b - c)/p) of all k explain"),
        new("trigonometric_coefficient", ColumnType.Float64, "largest coefficient of such a cosine of unit norm, in units of the logits"),
        new("trigonometric_frequency", ColumnType.Int64, "its frequency k"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var coefficients = context.SumLogits.TrigCoefficients();
        var largest = 0;
        for (var i = 1; i < coefficients.Length; i++) largest = coefficients[i] > coefficients[largest] ? i : largest;
        var energy = Energy(context.Outputs.Logits);
        return [energy > 0 ? coefficients.Sum(c => c * c) / energy : 0, coefficients[largest], largest + 1];
    }

    /// <summary>Sum of squares about each sample's mean.</summary>
    private static double Energy(ModelOutput logits)
    {
        var energy = 0.0;
        for (var start = 0; start < logits.Values.Length; start += logits.Columns)
        {
            double sum = 0, squares = 0;
            foreach (double value in logits.Values.AsSpan(start, logits.Columns)) (sum, squares) = (sum + value, squares + (value * value));
            energy += Math.Max(0, squares - (sum * sum / logits.Columns));
        }

        return energy;
    }
}
