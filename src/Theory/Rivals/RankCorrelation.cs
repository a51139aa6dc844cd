namespace Goldilocks.Theory;

/// <summary>Monotone association.</summary>
public static class RankCorrelation
{
    /// <summary>Spearman's ρ: Pearson's correlation of the ranks, equal values sharing the mean of theirs.</summary>
    /// <param name="x">Values; infinities are the largest and smallest.</param>
    /// <param name="y">As many.</param>
    /// <returns>−1..1; not a number when either is constant, a value is none, or there are fewer than 3 pairs.</returns>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        if (x.Length != y.Length) throw new ArgumentException($"{x.Length} values cannot be paired with {y.Length}", nameof(y));
        if (x.Length < 3 || Ranks.AnyNaN(x) || Ranks.AnyNaN(y)) return double.NaN;
        var (first, second) = (Ranks.Of(x), Ranks.Of(y));
        var mean = (x.Length + 1) / 2.0;
        double products = 0, squaresX = 0, squaresY = 0;
        for (var i = 0; i < first.Length; i++)
        {
            products += (first[i] - mean) * (second[i] - mean);
            squaresX += (first[i] - mean) * (first[i] - mean);
            squaresY += (second[i] - mean) * (second[i] - mean);
        }

        // Half-integers are exact: a constant has exactly no spread.
        return products / Math.Sqrt(squaresX * squaresY);
    }
}
