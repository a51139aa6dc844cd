namespace Goldilocks.Report;

/// <summary>Runs with training sets of one size.</summary>
/// <param name="Samples">n.</param>
/// <param name="Fraction">n/|D0|.</param>
/// <param name="Runs">By seed.</param>
internal sealed record SizeGroup(long Samples, double Fraction, IReadOnlyList<RunRow> Runs)
{
    /// <summary>Runs that reached RQI > 0.95.</summary>
    public int Reached => Runs.Count(run => run.RqiStep is not null);

    /// <summary>Median step over all runs, never counting as later than any; null when the middle of them never got there.</summary>
    public double? MedianStep => Statistics.MedianStep(Runs.Select(run => run.RqiStep));

    /// <summary>Runs by the size of their training set, ascending.</summary>
    public static IReadOnlyList<SizeGroup> Of(IEnumerable<RunRow> runs) =>
        [.. runs.GroupBy(run => run.TrainSamples).OrderBy(group => group.Key).Select(group => new SizeGroup(group.Key, group.First().Fraction, [.. group]))];

    /// <summary>The smallest fraction from which on, at every size, more than half of the runs reached RQI > 0.95; null when there is none.</summary>
    public static double? Transition(IReadOnlyList<SizeGroup> groups)
    {
        double? from = null;
        foreach (var group in groups.Reverse())
        {
            if (2 * group.Reached <= group.Runs.Count) break;
            from = group.Fraction;
        }

        return from;
    }
}
