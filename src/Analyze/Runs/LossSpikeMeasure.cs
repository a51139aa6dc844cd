using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>How often the training loss shoots up after memorisation.</summary>
internal sealed class LossSpikeMeasure : IRunMeasure
{
    public string Source => "Thilak et al. (2022), slingshots";

    public IReadOnlyList<Column> Columns { get; } =
        [new("loss_spikes", ColumnType.Float64, "times that the recorded training loss rises above ten times its least value so far, after every training sample is right; null: that never happens")];

    public double?[] Compute(RunTrack run)
    {
        var first = Array.FindIndex(run.TrainAccuracy.Values, accuracy => accuracy >= 1);
        if (first < 0) return [null];
        var start = Array.FindIndex(run.TrainLoss.Steps, step => step >= run.TrainAccuracy.Steps[first]);
        return [start < 0 ? null : LossSpikes.Count(run.TrainLoss.Values.AsSpan(start))];
    }
}
