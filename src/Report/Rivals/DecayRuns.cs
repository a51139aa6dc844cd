namespace Goldilocks.Report;

/// <summary>Runs of one weight decay.</summary>
/// <param name="WeightDecay">Of the decoder; null where the recipe has none.</param>
/// <param name="Runs">By seed.</param>
internal sealed record DecayRuns(double? WeightDecay, IReadOnlyList<RivalRun> Runs)
{
    public int Memorising => Runs.Count(run => run.Row.TrainStep is not null);

    public int Generalising => Runs.Count(run => run.Row.ValidationStep is not null);

    /// <summary>Median step, never counting as later than any; null where that is the middle.</summary>
    public double? Memorised => Statistics.MedianStep(Runs.Select(run => run.Row.TrainStep));

    /// <inheritdoc cref="Memorised"/>
    public double? Generalised => Statistics.MedianStep(Runs.Select(run => run.Row.ValidationStep));

    /// <summary>Median steps from memorisation to generalisation among the runs that do both; NaN without any.</summary>
    public double Delay => Statistics.Median(Runs.Where(run => run.Row is { TrainStep: not null, ValidationStep: not null }).Select(run => (double)(run.Row.ValidationStep - run.Row.TrainStep)!));

    /// <summary>"weight decay 0.1".</summary>
    public string Words => WeightDecay is { } decay ? $"weight decay {Numbers.Parameter(decay)}" : "their settings";

    /// <summary>By weight decay, ascending.</summary>
    public static IReadOnlyList<DecayRuns> Of(IEnumerable<RivalRun> runs) => [.. runs.GroupBy(run => run.WeightDecay).OrderBy(group => group.Key).Select(group => new DecayRuns(group.Key, [.. group]))];

    /// <summary>Where grokking is seen best: the longest delay among those most runs of which generalise; without any, where the most runs do.</summary>
    public static DecayRuns Choose(IReadOnlyList<DecayRuns> decays) =>
        decays.Where(group => 2 * group.Generalising > group.Runs.Count && double.IsFinite(group.Delay)).MaxBy(group => group.Delay) ?? decays.MaxBy(group => group.Generalising)!;
}
