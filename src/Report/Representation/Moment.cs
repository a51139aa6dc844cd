namespace Goldilocks.Report;

/// <summary>A checkpoint that is shown.</summary>
/// <param name="Index">Its index among the recorded steps.</param>
/// <param name="Step">Optimiser updates before it.</param>
/// <param name="Analysis">What the measures say of it; null where it was not analysed.</param>
internal sealed record Moment(int Index, long Step, AnalysisRow? Analysis)
{
    /// <summary>"Step 1500".</summary>
    public string Name => $"Step {Numbers.Count(Step)}";

    /// <summary>Its accuracies and its effective dimension, in two lines.</summary>
    public string Note =>
        $"train {Numbers.Percent(Analysis?.TrainAccuracy)}, validation {Numbers.Percent(Analysis?.ValidationAccuracy)}\neffective dimension {Analysis?.EffectiveDimension?.ToString("0.0", System.Globalization.CultureInfo.InvariantCulture) ?? Numbers.None}";

    /// <summary>The first checkpoint, the next after training and validation accuracy reached their threshold, and the last.</summary>
    public static IReadOnlyList<Moment> Choose(RunRow run, IReadOnlyList<long> steps, IReadOnlyList<AnalysisRow> analysis)
    {
        int After(long? step) => step is { } from ? steps.Index().Where(one => one.Item >= from).Select(one => one.Index).DefaultIfEmpty(-1).First() : -1;
        int[] chosen = [0, After(run.TrainStep), After(run.ValidationStep), steps.Count - 1];
        return [.. chosen.Where(index => index >= 0).Distinct().Order().Select(index => At(steps, index, analysis))];
    }

    /// <summary>All checkpoints.</summary>
    public static IReadOnlyList<Moment> All(IReadOnlyList<long> steps, IReadOnlyList<AnalysisRow> analysis) => [.. steps.Select((_, index) => At(steps, index, analysis))];

    private static Moment At(IReadOnlyList<long> steps, int index, IReadOnlyList<AnalysisRow> analysis) => new(index, steps[index], analysis.FirstOrDefault(row => row.Step == steps[index]));
}
