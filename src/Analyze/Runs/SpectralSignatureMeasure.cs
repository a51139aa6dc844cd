using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>How the training loss oscillates at the very beginning.</summary>
internal sealed class SpectralSignatureMeasure : IRunMeasure
{
    private const int Losses = 400;

    public string Source => "Notsawo et al. (2023)";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("hjorth_activity", ColumnType.Float64, $"variance of the first {Losses} training losses, detrended; null: not every one of them is recorded (record_per_decade = 600 records them)"),
        new("hjorth_mobility", ColumnType.Float64, "their mobility, per step; null: as above"),
        new("hjorth_complexity", ColumnType.Float64, "their complexity, no unit; null: as above"),
    ];

    public double?[] Compute(RunTrack run)
    {
        var losses = run.TrainLoss.Values.Take(Losses).ToArray();
        if (losses.Length < Losses || run.TrainLoss.Steps[Losses - 1] != Losses - 1 || !losses.All(double.IsFinite)) return [null, null, null];
        var signature = HjorthParameters.Of(losses);
        return [signature.Activity, signature.Mobility, signature.Complexity];
    }
}
