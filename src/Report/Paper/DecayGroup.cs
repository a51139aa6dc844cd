namespace Goldilocks.Report;

/// <summary>Runs of the post's model with one weight decay.</summary>
/// <param name="WeightDecay">Of the decoder.</param>
/// <param name="Runs">By seed; curves of each.</param>
internal sealed record DecayGroup(double WeightDecay, IReadOnlyList<RunCurves> Runs)
{
    private static readonly (double WeightDecay, long Train, long Validation)[] Post = [(0.03, 15, 3600), (5, 45, 90)];

    /// <summary>The run with the lowest seed.</summary>
    public RunRow First => Runs[0].Row;

    /// <summary>Median first step above the training threshold, with "never" as later than any; infinite where that is the middle.</summary>
    public double TrainStep => Median(run => run.TrainStep);

    /// <inheritdoc cref="TrainStep"/>
    public double ValidationStep => Median(run => run.ValidationStep);

    /// <summary>Steps read off the published curves: 100 % of training pairs, 90 % of the others; null for another weight decay than the post's.</summary>
    public (long Train, long Validation)? Published => Array.Find(Post, one => one.WeightDecay == WeightDecay) is { Train: > 0 } found ? (found.Train, found.Validation) : null;

    /// <summary>"3500 (3200 to 4000)": median, least and greatest.</summary>
    public string Spread(Func<RunRow, long?> step)
    {
        var steps = Runs.Select(run => step(run.Row)).ToArray();
        var reached = steps.Where(value => value is not null).ToArray();
        return $"{Word(Median(step))} ({Numbers.StepOrNever(reached.Min())} to {(reached.Length < steps.Length ? "never" : Numbers.StepOrNever(reached.Max()))})";
    }

    /// <summary>A median of steps.</summary>
    public static string Word(double median) => double.IsInfinity(median) ? "never" : Numbers.Steps(median);

    private double Median(Func<RunRow, long?> step) => Statistics.Median(Runs.Select(run => step(run.Row) ?? double.PositiveInfinity));
}
