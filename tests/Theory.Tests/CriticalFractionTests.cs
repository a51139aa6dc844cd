namespace Goldilocks.Theory.Tests;

public class CriticalFractionTests
{
    /// <summary>Out of 10,000 random draws each, for n = 13..41; zero below and all above.</summary>
    private static readonly int[] Stored =
    [
        0, 1, 7, 51, 144, 373, 860, 1754, 2863, 4270, 5795, 7085, 8027, 8666, 9187, 9488, 9654, 9814, 9881, 9919, 9945, 9980, 9983, 9991, 9998, 9994, 9997, 10000, 10000,
    ];

    [Fact]
    public void Ten_symbols_agree_with_the_stored_counts_within_binomial_error()
    {
        const int draws = 10_000;
        var curve = CriticalFraction.Estimate(10, draws, seed: 1, threads: 2);
        Assert.Equal((55, draws), (curve.Samples, curve.Draws));
        for (var n = 0; n <= 55; n++)
        {
            var stored = n < 13 ? 0 : n > 41 ? draws : Stored[n - 13];

            // Both are binomial samples; 4.5 standard deviations of their difference, and a little where counts are small.
            var pooled = (stored + curve.Successes[n]) / (2.0 * draws);
            Assert.InRange(curve.Successes[n] - stored, -Allowed(pooled), Allowed(pooled));
        }

        Assert.InRange(curve.HalfCrossing!.Value, 22 / 55.0, 23 / 55.0);

        static double Allowed(double share) => (4.5 * Math.Sqrt(2 * draws * share * (1 - share))) + 4;
    }

    [Fact]
    public void Curves_are_cumulative_and_do_not_depend_on_threads()
    {
        var one = CriticalFraction.Estimate(7, 500, seed: 3, threads: 1);
        var two = CriticalFraction.Estimate(7, 500, seed: 3, threads: 2);
        Assert.Equal(one.Successes, two.Successes);
        Assert.Equal(one.Successes.Order(), one.Successes);
        Assert.Equal(500, one.Successes[^1]);
    }

    [Fact]
    public void A_draw_is_unique_exactly_when_its_structure_has_nullity_two()
    {
        const int draws = 300;
        var curve = CriticalFraction.Estimate(6, draws, seed: 9, threads: 1);
        var all = new ParallelogramSet(SampleSet.Addition(6));
        var expected = new long[22];
        for (var draw = 0u; draw < draws; draw++)
        {
            var order = Enumerable.Range(0, 21).ToArray();
            new Numerics.Generators.CounterRandom(9, Numerics.Generators.RandomStream.MonteCarlo, draw).Shuffle<int>(order);
            for (var n = 0; n <= 21; n++) expected[n] += new TrainingStructure(all, Split.Of(all.Samples, order.AsSpan(0, n))).Nullity == 2 ? 1 : 0;
        }

        Assert.Equal(expected, curve.Successes);
    }

    [Fact]
    public void Intervals_contain_the_estimate_and_stay_in_range()
    {
        var curve = CriticalFraction.Estimate(10, 1000, seed: 2, threads: 1);
        for (var n = 0; n <= 55; n++)
        {
            var (low, high) = curve.Interval(n);
            Assert.InRange(curve.Successes[n] / 1000.0, low - 1e-12, high + 1e-12);
            Assert.True(low >= 0 && high <= 1 && high - low < 0.07);
        }
    }

    [Fact]
    public void Cancelling_stops_the_work()
        => Assert.ThrowsAny<OperationCanceledException>(() => CriticalFraction.Estimate(10, 1000, 0, 1, new CancellationToken(canceled: true)));
}
