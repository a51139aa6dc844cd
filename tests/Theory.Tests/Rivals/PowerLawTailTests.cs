using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class PowerLawTailTests
{
    [Theory]
    [InlineData(1.5)]
    [InlineData(2.5)]
    [InlineData(5)]
    public void Pareto_samples_give_their_exponent(double alpha)
    {
        // The mean of ten fits lies within one fit's standard error.
        const int count = 1000;
        double mean = 0;
        for (uint i = 0; i < 10; i++) mean += PowerLawTail.Fit(Pareto(count, alpha, 1, new CounterRandom(14, RandomStream.MonteCarlo, i)))!.Exponent / 10;
        Assert.Equal(alpha, mean, (alpha - 1) / Math.Sqrt(count));
    }

    [Fact]
    public void A_body_that_is_no_power_law_is_left_out()
    {
        var random = new CounterRandom(15, RandomStream.MonteCarlo);
        double[] values = [.. Enumerable.Range(0, 1500).Select(_ => 10 * random.NextDouble()), .. Pareto(1500, 3, 10, random), 0, -4];
        var tail = PowerLawTail.Fit(values)!;
        Assert.InRange(tail.Minimum, 8, 14);
        Assert.Equal(3, tail.Exponent, 3 * 2 / Math.Sqrt(tail.Count));
        Assert.Equal(values.Count(value => value >= tail.Minimum), tail.Count);
    }

    [Fact]
    public void Five_powers_of_e_have_the_exponent_of_their_mean_logarithm()
    {
        // Only all five make a tail: α = 1 + 5/(0 + 1 + 2 + 3 + 4).
        var tail = PowerLawTail.Fit([.. Enumerable.Range(0, 5).Select(i => Math.Exp(i))])!;
        Assert.Equal(1.5, tail.Exponent, 1e-12);
        Assert.Equal((1, 5), (tail.Minimum, tail.Count));
    }

    [Fact]
    public void Few_or_equal_values_have_no_tail()
    {
        Assert.Null(PowerLawTail.Fit([1, 2, 3, 4, 0, 0, -1]));
        Assert.Null(PowerLawTail.Fit([3, 3, 3, 3, 3, 3]));
    }

    private static double[] Pareto(int count, double alpha, double minimum, CounterRandom random) =>
        [.. Enumerable.Range(0, count).Select(_ => minimum * Math.Pow(1 - random.NextDouble(), -1 / (alpha - 1)))];
}
