namespace Goldilocks.Report;

/// <summary>Addition of unordered pairs of p symbols.</summary>
/// <param name="Symbols">p.</param>
/// <param name="TrainPairs">Pairs that are shown in training.</param>
internal sealed record AdditionTask(int Symbols, long TrainPairs)
{
    /// <summary>All pairs i ≤ j.</summary>
    public long Pairs => (long)Symbols * (Symbols + 1) / 2;

    public long ValidationPairs => Pairs - TrainPairs;

    /// <summary>|P0|: unordered couples of different pairs with equal sums.</summary>
    public long Parallelograms
    {
        get
        {
            var count = 0L;
            for (var sum = 0; sum <= 2 * (Symbols - 1); sum++)
            {
                long pairs = (sum / 2) - Math.Max(0, sum - Symbols + 1) + 1;
                count += pairs * (pairs - 1) / 2;
            }

            return count;
        }
    }
}
