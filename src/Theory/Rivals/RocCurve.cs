namespace Goldilocks.Theory;

/// <summary>How well a score separates two classes.</summary>
public static class RocCurve
{
    /// <summary>Area under the curve: the probability that a positive scores above a negative, an equal score counting half (Mann and Whitney).</summary>
    /// <param name="scores">Values; infinities are the largest and smallest.</param>
    /// <param name="positive">As many.</param>
    /// <returns>0..1; not a number when a class is empty or a score is none.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Area(ReadOnlySpan<double> scores, ReadOnlySpan<bool> positive)
    {
        if (scores.Length != positive.Length) throw new ArgumentException($"{scores.Length} scores have {positive.Length} classes", nameof(positive));
        if (Ranks.AnyNaN(scores)) return double.NaN;
        var ranks = Ranks.Of(scores);
        double sum = 0;
        var positives = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            if (!positive[i]) continue;
            positives++;
            sum += ranks[i];
        }

        // A positive's rank counts the positives up to itself and the negatives below it.
        return (sum - (positives * (positives + 1.0) / 2)) / ((double)positives * (ranks.Length - positives));
    }
}
