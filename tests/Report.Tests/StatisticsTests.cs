namespace Goldilocks.Report.Tests;

/// <summary>Values worked out by hand.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public void Medians_count_never_as_later_than_all()
    {
        Assert.Equal(2, Statistics.Median([3, 1, 2]));
        Assert.Equal(2.5, Statistics.Median([4, 1, 2, 3]));
        Assert.Equal(2, Statistics.Median([double.PositiveInfinity, 1, 2]));
        Assert.Equal(double.PositiveInfinity, Statistics.Median([double.PositiveInfinity, 1]));
        Assert.Equal(double.PositiveInfinity, Statistics.Median([double.PositiveInfinity, double.PositiveInfinity]));
        Assert.True(double.IsNaN(Statistics.Median([])));
    }

    [Fact]
    public void Pearson_is_the_textbook_number()
    {
        // Deviations -1.5, -0.5, 0.5, 1.5 and -1, 1, -1, 1: 2 / sqrt(5 · 4).
        Assert.Equal(2 / Math.Sqrt(20), Statistics.Pearson([1, 2, 3, 4], [1, 3, 1, 3]), 12);
        Assert.Equal(-1, Statistics.Pearson([1, 2, 3], [6, 4, 2]), 12);
        Assert.True(double.IsNaN(Statistics.Pearson([1, 2], [5, 5])));
        Assert.True(double.IsNaN(Statistics.Pearson([1], [1])));
    }

    [Fact]
    public void Equal_values_share_their_ranks() => Assert.Equal([2.5, 1, 2.5, 4], Statistics.Ranks([7, 3, 7, 9]));

    [Fact]
    public void Spearman_is_one_minus_six_sums_of_squares_without_ties()
    {
        // Rank differences 0, -1, 1, -1, 1: 1 - 6·4 / (5·24) = 0.8.
        Assert.Equal(0.8, Statistics.Spearman([1, 10, 100, 1000, 10_000], [1, 3, 2, 5, 4]), 12);
    }

    [Fact]
    public void Its_interval_is_Bonett_and_Wrights()
    {
        // atanh(0.5) = 0.549306, se = sqrt(1.125 / 25) = 0.212132: 0.133535 to 0.965077, tanh of which is 0.132747 and 0.746533.
        var (low, high) = Statistics.SpearmanInterval(0.5, 28)!.Value;
        Assert.Equal(0.132747, low, 5);
        Assert.Equal(0.74653, high, 4);
        Assert.Null(Statistics.SpearmanInterval(1, 10));
        Assert.Null(Statistics.SpearmanInterval(0.5, 3));
        Assert.Null(Statistics.SpearmanInterval(double.NaN, 10));
    }

    [Fact]
    public void Within_groups_what_differs_between_them_has_no_part()
    {
        (double, double)[] rising = [(1, 1), (2, 2), (3, 3), (4, 4)];
        (double, double)[] falling = [(11, 15), (12, 14), (13, 13), (14, 12), (15, 11)];
        var (rho, error, groups) = Statistics.SpearmanWithin([rising, falling, [(1, 1), (2, 2), (3, 3)], [(1, 5), (2, 5), (3, 5), (4, 5)]])!.Value;
        // Weights 3 and 4: (3 - 4) / 7.
        Assert.Equal(-1.0 / 7, rho, 12);
        Assert.Equal(1 / Math.Sqrt(7), error, 12);
        Assert.Equal(2, groups);
        Assert.Null(Statistics.SpearmanWithin([[(1, 1)]]));
    }

    [Fact]
    public void Quantiles_lie_between_neighbours()
    {
        Assert.Equal([1, 1.75, 2.5, 3.25, 4], ((double[])[0, 0.25, 0.5, 0.75, 1]).Select(share => Statistics.Quantile([4, 1, 3, 2], share)));
        Assert.Equal(7, Statistics.Quantile([7], 0.3));
        Assert.Equal(double.NaN, Statistics.Quantile([], 0.5));
    }
}
