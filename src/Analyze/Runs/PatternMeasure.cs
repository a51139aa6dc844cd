using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>How fast and when each accuracy is learned, as logistic curves.</summary>
internal sealed class PatternMeasure : IRunMeasure
{
    public string Source => "Davies et al. (2023)";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("train_rate", ColumnType.Float64, "rate of the logistic curve that fits the training accuracy, per step; null: it does not rise"),
        new("train_midpoint", ColumnType.Float64, "step at its middle; null: as above"),
        new("validation_rate", ColumnType.Float64, "the same for the validation accuracy"),
        new("validation_midpoint", ColumnType.Float64, "the same for the validation accuracy"),
    ];

    public double?[] Compute(RunTrack run)
    {
        var (train, validation) = (Fit(run.TrainAccuracy), Fit(run.ValidationAccuracy));
        return [train?.Rate, train?.Midpoint, validation?.Rate, validation?.Midpoint];
    }

    private static AccuracyPattern? Fit(Curve curve) => curve.Values.Length > 0 && curve.Values.All(double.IsFinite) ? AccuracyPattern.Fit(curve.Steps, curve.Values) : null;
}
