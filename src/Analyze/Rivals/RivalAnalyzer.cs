using Goldilocks.Core;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>
/// Lets the accounts of grokking compete on the same runs: for every column of every measure, when it moves compared with the validation accuracy, and what its
/// value at memorisation, before generalisation, says about whether and when the run generalises.
/// </summary>
internal static class RivalAnalyzer
{
    private const ulong Seed = 0;

    /// <summary>Columns that are no account: accuracies, the comparison with the trainer, and labels whose size means nothing.</summary>
    private static readonly HashSet<string> NoRivals = ["train_accuracy", "validation_accuracy", "accuracy", "output_difference", "differing_predictions", "dominant_frequency", "trigonometric_frequency"];

    /// <param name="tracks">The runs as trained.</param>
    /// <param name="rows">Their checkpoints.</param>
    /// <param name="signatures">Per run, the values of <see cref="RunMeasures.Columns"/>.</param>
    /// <exception cref="GoldilocksException">No run memorises.</exception>
    public static IReadOnlyList<RivalRow> Run(IReadOnlyList<RunTrack> tracks, IReadOnlyList<AnalysisRow> rows, IReadOnlyList<double?[]> signatures)
    {
        if (tracks.All(track => track.Memorised is null)) throw new GoldilocksException("rivals: no run reaches its accuracy threshold on the training samples, so there is nothing to predict from. Train longer.");
        var byRun = rows.Where(row => row.Run is not null).GroupBy(row => row.Run!).ToDictionary(group => group.Key, group => group.OrderBy(row => row.Step).ToArray());
        return [.. tracks.Zip(signatures, (track, signature) => new RivalRun(track, byRun.GetValueOrDefault(track.Run, []), signature))
            .Where(run => run.Track.Memorised is not null)
            .GroupBy(run => run.Track.Recipe)
            .SelectMany(group => Compare(group.Key, [.. group]))];
    }

    private static IEnumerable<RivalRow> Compare(string recipe, RivalRun[] runs)
    {
        foreach (var measure in Measures.All)
        {
            foreach (var column in measure.Columns.Where(column => !NoRivals.Contains(column.Name)))
            {
                if (runs.All(run => run.CurveOf(column.Name).Values.Length == 0)) continue;
                yield return new RivalRow(recipe, column.Name, measure.Source, Lead(runs, column.Name), When(runs, run => run.AtMemorisation(column.Name)), Whether(runs, run => run.AtMemorisation(column.Name)));
            }
        }

        // The patterns are fitted to the accuracies themselves, after the fact: they are no prediction.
        foreach (var measure in RunMeasures.All.Where(measure => measure is SpectralSignatureMeasure))
        {
            foreach (var column in measure.Columns)
            {
                var index = RunMeasures.Columns.ToList().FindIndex(other => other.Name == column.Name);
                if (runs.All(run => run.Signature[index] is null)) continue;
                yield return new RivalRow(recipe, column.Name, measure.Source, null, When(runs, run => run.Signature[index]), Whether(runs, run => run.Signature[index]));
            }
        }
    }

    private static LeadStatistics? Lead(RivalRun[] runs, string column)
    {
        var found = new List<(double Mine, double Accuracy)>();
        foreach (var run in runs.Where(run => run.Delayed))
        {
            if (run.CurveOf("validation_accuracy").HalfWay(run.Memorised) is { } accuracy && run.CurveOf(column).HalfWay(run.Memorised) is { } mine) found.Add((mine, accuracy));
        }

        if (found.Count == 0) return null;
        double[] leads = [.. found.Select(pair => pair.Accuracy - pair.Mine).Order()];
        double[] factors = [.. found.Select(pair => (pair.Accuracy + 1) / (pair.Mine + 1)).Order()];
        return new LeadStatistics(found.Count, Quantile(leads, 0.5), new Interval(Quantile(leads, 0.25), Quantile(leads, 0.75)), Quantile(factors, 0.5), (double)leads.Count(lead => lead > 0) / leads.Length);
    }

    private static CorrelationStatistics When(RivalRun[] runs, Func<RivalRun, double?> value)
    {
        var known = runs.Where(run => value(run) is not null).ToArray();
        double[] values = [.. known.Select(run => value(run)!.Value)], steps = [.. known.Select(run => (double?)run.Track.Generalised ?? double.MaxValue)];
        double Rank(int[] chosen) => RankCorrelation.Spearman([.. chosen.Select(i => values[i])], [.. chosen.Select(i => steps[i])]);
        return new CorrelationStatistics(known.Length, RankCorrelation.Spearman(values, steps), Resampled(known.Length, Rank), Within(known, values, steps));
    }

    /// <summary>Mean over the weight decays, by their runs, of the correlation among runs of one weight decay.</summary>
    private static double Within(RivalRun[] runs, double[] values, double[] steps)
    {
        var groups = Enumerable.Range(0, runs.Length).GroupBy(i => runs[i].Track.WeightDecay)
            .Select(group => (Count: group.Count(), Rank: RankCorrelation.Spearman([.. group.Select(i => values[i])], [.. group.Select(i => steps[i])])))
            .Where(group => !double.IsNaN(group.Rank))
            .ToArray();
        return groups.Length == 0 ? double.NaN : groups.Sum(group => group.Count * group.Rank) / groups.Sum(group => group.Count);
    }

    private static ForecastStatistics Whether(RivalRun[] runs, Func<RivalRun, double?> value)
    {
        var known = runs.Where(run => value(run) is not null).ToArray();
        double[] values = [.. known.Select(run => value(run)!.Value)];
        bool[] generalises = [.. known.Select(run => run.Track.Generalised is not null)];
        double Area(int[] chosen) => RocCurve.Area([.. chosen.Select(i => values[i])], [.. chosen.Select(i => generalises[i])]);
        return new ForecastStatistics(generalises.Count(yes => yes), generalises.Count(yes => !yes), RocCurve.Area(values, generalises), Resampled(known.Length, Area));
    }

    private static Interval Resampled(int runs, Func<int[], double> statistic) => runs == 0 ? new Interval(double.NaN, double.NaN) : Interval.Bootstrap(runs, statistic, Seed);

    /// <summary>Of ascending values, linear between neighbours.</summary>
    private static double Quantile(double[] ascending, double q)
    {
        var place = q * (ascending.Length - 1);
        var (low, share) = ((int)place, place - (int)place);
        return low + 1 < ascending.Length ? (ascending[low] * (1 - share)) + (ascending[low + 1] * share) : ascending[low];
    }
}
