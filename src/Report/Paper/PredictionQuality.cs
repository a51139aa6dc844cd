namespace Goldilocks.Report;

/// <summary>How well the theory's steps foretell the measured ones under one convention.</summary>
internal sealed class PredictionQuality
{
    private readonly (RunRow Run, double Predicted, double Measured)[] _both;

    /// <param name="runs">All runs.</param>
    /// <param name="convention">"paper" or "reference": whose n_h.</param>
    public PredictionQuality(IReadOnlyList<RunRow> runs, string convention)
    {
        Convention = convention;
        Runs = [.. runs.Select(run => (run, run.Number($"expected_steps_{convention}")))];
        _both = [.. Runs.Where(run => run.Predicted is not null && run.Run.RqiStep is not null).Select(run => (run.Run, run.Predicted!.Value, (double)run.Run.RqiStep!.Value))];
        Rho = Statistics.Spearman([.. _both.Select(run => run.Predicted)], [.. _both.Select(run => run.Measured)]);
        Interval = Statistics.SpearmanInterval(Rho, _both.Length);
        Within = Statistics.SpearmanWithin(_both.GroupBy(run => run.Run.TrainSamples).Select(group => (IReadOnlyList<(double, double)>)[.. group.Select(run => (run.Predicted, run.Measured))]));
    }

    public string Convention { get; }

    /// <summary>Each run with 3 n_h, null where its training set determines no line.</summary>
    public IReadOnlyList<(RunRow Run, double? Predicted)> Runs { get; }

    /// <summary>Runs that have both numbers.</summary>
    public int Count => _both.Length;

    /// <summary>Spearman's correlation of predicted and measured steps over those.</summary>
    public double Rho { get; }

    /// <summary>Its 95 % interval.</summary>
    public (double Low, double High)? Interval { get; }

    /// <summary>The same inside sizes of training sets.</summary>
    public (double Rho, double StandardError, int Groups)? Within { get; }

    /// <summary>Median of measured over predicted steps.</summary>
    public double Ratio => Statistics.Median(_both.Select(run => run.Measured / run.Predicted));

    /// <summary>Spearman's correlation of the size of the training set with the measured steps, over the same runs.</summary>
    public double SizeRho => Statistics.Spearman([.. _both.Select(run => (double)run.Run.TrainSamples)], [.. _both.Select(run => run.Measured)]);

    /// <summary>"0.71 (95 % interval 0.5 to 0.84)".</summary>
    public string RhoWords => Interval is { } interval
        ? $"{Numbers.Fraction(Rho)} (95\u00a0% interval {Numbers.Fraction(interval.Low)} to {Numbers.Fraction(interval.High)})"
        : Numbers.Fraction(Rho);

    /// <summary>The rank correlation as a sentence.</summary>
    public string Words => double.IsFinite(Rho)
        ? $"Spearman's rank correlation over the {Numbers.Counted(Count, "run")} with both is {RhoWords}."
        : $"Only {Numbers.Counted(Count, "run")} have both, too few or too equal for a rank correlation.";
}
