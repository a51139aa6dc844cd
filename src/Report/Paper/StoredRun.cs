namespace Goldilocks.Report;

/// <summary>What the authors' code produced for one training set of addition with p = 10; shares are rounded to four decimals.</summary>
/// <param name="TrainSamples">n.</param>
/// <param name="Seed">Seed of both their generators.</param>
/// <param name="Accuracy">On all pairs.</param>
/// <param name="PredictedAccuracy">Acc^.</param>
/// <param name="IdealAccuracy">The best that the training set allows.</param>
/// <param name="Nullity">Of the training set's equations.</param>
/// <param name="Parallelograms">|P0(D)|.</param>
/// <param name="RqiStep">First step with RQI above 0.95; null for never.</param>
internal sealed record StoredRun(
    long TrainSamples, long Seed, double Accuracy, double PredictedAccuracy, double IdealAccuracy, long Nullity, long Parallelograms, long? RqiStep)
{
    /// <summary>Symbols of the stored runs.</summary>
    public const long Symbols = 10;

    /// <summary>All pairs of them.</summary>
    public const long Pairs = 55;

    /// <summary>n/|D0|.</summary>
    public double Fraction => (double)TrainSamples / Pairs;
}
