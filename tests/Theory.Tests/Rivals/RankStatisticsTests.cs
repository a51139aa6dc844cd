using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class RankStatisticsTests
{
    [Fact]
    public void Spearman_of_distinct_values_follows_from_squared_rank_differences()
    {
        // Ranks 1 2 3 4 5 against 2 1 4 3 5: Σd² = 4, ρ = 1 − 24/120.
        Assert.Equal(0.8, RankCorrelation.Spearman([1, 2, 3, 4, 5], [20, -1, 4e9, 33, double.PositiveInfinity]), 1e-12);
        Assert.Equal(1, RankCorrelation.Spearman([3, 1, 2], [27, 1, 8]), 1e-12);
        Assert.Equal(-1, RankCorrelation.Spearman([3, 1, 2], [-27, -1, -8]), 1e-12);
    }

    [Fact]
    public void Spearman_of_ties_uses_their_mean_rank()
    {
        // Ranks 1.5 1.5 3 4 against 1 2 3.5 3.5, about 2.5: Σxy = 3/2 + 1/2 + 1/2 + 3/2, Σx² = Σy² = 9/2.
        Assert.Equal(4 / 4.5, RankCorrelation.Spearman([7, 7, 8, 9], [0, 1, 5, 5]), 1e-12);
        Assert.True(double.IsNaN(RankCorrelation.Spearman([1, 1, 1], [1, 2, 3])));
        Assert.True(double.IsNaN(RankCorrelation.Spearman([1, 2], [1, 2])));
        Assert.True(double.IsNaN(RankCorrelation.Spearman([1, 2, double.NaN], [1, 2, 3])));
        Assert.Throws<ArgumentException>(() => RankCorrelation.Spearman([1, 2, 3], [1, 2]));
    }

    [Fact]
    public void The_area_is_the_share_of_pairs_in_the_right_order()
    {
        var random = new CounterRandom(19, RandomStream.MonteCarlo);
        var positive = Enumerable.Range(0, 150).Select(_ => random.NextInt32(3) == 0).ToArray();
        var scores = positive.Select(one => Math.Round((one ? 0.5 : 0) + random.NextNormal(), 1)).ToArray();
        double right = 0, pairs = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            for (var j = 0; j < scores.Length; j++)
            {
                if (!positive[i] || positive[j]) continue;
                pairs++;
                right += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
            }
        }

        Assert.Equal(right / pairs, RocCurve.Area(scores, positive), 1e-12);
    }

    [Fact]
    public void Perfect_reversed_and_constant_scores_have_the_areas_1_0_and_a_half()
    {
        bool[] positive = [true, false, true, false];
        Assert.Equal(1, RocCurve.Area([3, 1, 4, 2], positive));
        Assert.Equal(0, RocCurve.Area([1, 3, 2, 4], positive));
        Assert.Equal(0.5, RocCurve.Area([5, 5, 5, 5], positive));
        Assert.True(double.IsNaN(RocCurve.Area([1, 2], [true, true])));
        Assert.True(double.IsNaN(RocCurve.Area([1, 2], [false, false])));
        Assert.True(double.IsNaN(RocCurve.Area([double.NaN, 2], [true, false])));
        Assert.Throws<ArgumentException>(() => RocCurve.Area([1], [true, false]));
    }
}
