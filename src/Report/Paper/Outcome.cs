namespace Goldilocks.Report;

/// <summary>How many of all pairs a run answers at its end, and what its representation and its training set say about that.</summary>
/// <param name="Run">The run.</param>
/// <param name="Accuracy">Acc: share of all pairs answered right.</param>
/// <param name="Predicted">Acc^: share that the parallelograms of the representation answer.</param>
/// <param name="Ideal">The share that the training set allows.</param>
internal sealed record Outcome(RunRow Run, double Accuracy, double Predicted, double Ideal)
{
    /// <summary>Shares of few pairs are equal or far apart; this is far below one pair.</summary>
    private const double Rounding = 1e-9;

    /// <summary>Whether measured and predicted accuracy are the same number of pairs.</summary>
    public bool Agrees => Difference < Rounding;

    public double Difference => Math.Abs(Accuracy - Predicted);
}
