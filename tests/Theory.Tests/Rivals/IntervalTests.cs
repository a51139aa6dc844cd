using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class IntervalTests
{
    [Fact]
    public void The_mean_of_many_values_has_its_normal_interval()
    {
        const int count = 400;
        var random = new CounterRandom(20, RandomStream.MonteCarlo);
        var values = Enumerable.Range(0, count).Select(_ => 5 + (2 * random.NextNormal())).ToArray();
        var error = Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / count / count);
        var found = Interval.Bootstrap(count, Mean, 1, resamples: 4000);
        Assert.Equal(values.Average() - (1.96 * error), found.Low, 0.1 * error);
        Assert.Equal(values.Average() + (1.96 * error), found.High, 0.1 * error);
        var middle = Interval.Bootstrap(count, Mean, 1, resamples: 4000, level: 0.5);
        Assert.Equal(2 * 0.6745 * error, middle.High - middle.Low, 0.1 * error);
        Assert.Equal(found, Interval.Bootstrap(count, Mean, 1, resamples: 4000));
        Assert.NotEqual(found, Interval.Bootstrap(count, Mean, 2, resamples: 4000));

        double Mean(int[] indices) => indices.Average(i => values[i]);
    }

    [Fact]
    public void Every_index_is_drawn_equally_often_and_one_item_has_no_spread()
    {
        var counts = new int[4];
        Interval.Bootstrap(4, indices =>
        {
            foreach (var i in indices) counts[i]++;
            return 0;
        }, 3, resamples: 10_000);
        foreach (var count in counts) Assert.Equal(10_000, count, 400.0);
        Assert.Equal(new Interval(7, 7), Interval.Bootstrap(1, indices => 7 + indices[0], 3));
    }

    [Fact]
    public void Percentiles_lie_between_the_sorted_statistics_that_are_numbers()
    {
        // 0..4 in some order; the middle half lies between 1 and 3, as the middle half of 0 and 1 does between 1/4 and 3/4.
        var next = 0;
        Assert.Equal(new Interval(1, 3), Interval.Bootstrap(2, _ => next++ * 3 % 5, 4, resamples: 5, level: 0.5));
        next = 0;
        Assert.Equal(new Interval(0.25, 0.75), Interval.Bootstrap(2, _ => next < 2 ? next++ : double.NaN, 4, resamples: 4, level: 0.5));
        next = 0;
        Assert.Equal(new Interval(double.NaN, double.NaN), Interval.Bootstrap(2, _ => next < 2 ? next++ : double.NaN, 4, resamples: 5, level: 0.5));
    }

    [Fact]
    public void Numbers_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.Bootstrap(0, _ => 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.Bootstrap(1, _ => 0, 1, resamples: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => Interval.Bootstrap(1, _ => 0, 1, level: 1));
    }
}
