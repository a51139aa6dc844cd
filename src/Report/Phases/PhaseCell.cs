namespace Goldilocks.Report;

/// <summary>The runs with one value of each parameter, and what they have in common.</summary>
/// <param name="column">Place on the x axis.</param>
/// <param name="row">Place on the y axis.</param>
/// <param name="runs">At least one.</param>
internal sealed class PhaseCell(int column, int row, IReadOnlyList<RunRow> runs)
{
    public int Column { get; } = column;

    public int Row { get; } = row;

    public IReadOnlyList<RunRow> Runs { get; } = runs;

    /// <summary>The most frequent phase; of equally frequent ones the first in the order of Table 1.</summary>
    public string Phase => PhaseKind.All.MaxBy(Count)!;

    /// <summary>Median step to the training accuracy. Never counts as later than every step; null where it is the median.</summary>
    public double? TrainStep => Statistics.MedianStep(Runs.Select(run => run.TrainStep));

    /// <summary>Median step to the validation accuracy, likewise.</summary>
    public double? ValidationStep => Statistics.MedianStep(Runs.Select(run => run.ValidationStep));

    /// <summary>Runs that reach both accuracies.</summary>
    public IEnumerable<Delay> Delays => Runs.Select(Delay.Of).OfType<Delay>();

    /// <summary>Median delay in steps over the runs that reach both accuracies; null where none does.</summary>
    public double? Gap => Finite(Statistics.Median(Delays.Select(delay => (double)delay.Gap)));

    /// <summary>Median relative delay over the runs that reach both accuracies; null where none does.</summary>
    public double? Ratio => Finite(Statistics.Median(Delays.Select(delay => delay.Ratio)));

    /// <summary>
    /// Spread of the validation steps v among the runs that reach it: the third quartile of v + 1 divided by the first, quartiles taken in the
    /// logarithm; null where fewer than two reach it.
    /// </summary>
    public double? Spread
    {
        get
        {
            double[] logarithms = [.. Runs.Where(run => run.ValidationStep is not null).Select(run => Math.Log10(run.ValidationStep!.Value + 1.0))];
            return logarithms.Length < 2 ? null : Math.Pow(10, Statistics.Quantile(logarithms, 0.75) - Statistics.Quantile(logarithms, 0.25));
        }
    }

    public int Count(string phase) => Runs.Count(run => run.Phase == phase);

    /// <summary>Share of the runs that are in a phase: its probability over seeds.</summary>
    public double Share(string phase) => (double)Count(phase) / Runs.Count;

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
