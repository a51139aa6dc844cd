using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class AccuracyPatternTests
{
    [Theory]
    [InlineData(1, 0.01, 3000)]
    [InlineData(0.6, 0.002, 7000)]
    [InlineData(0.95, 0.3, 51)]
    [InlineData(0.8, 0.0008, 2000)]
    [InlineData(1, 0.05, 9990)]
    public void An_exact_curve_is_recovered(double plateau, double rate, double midpoint)
    {
        var steps = Enumerable.Range(0, 1001).Select(i => 10.0 * i).ToArray();
        var found = AccuracyPattern.Fit(steps, Curve(steps, plateau, rate, midpoint))!;
        Assert.Equal(1, found.Plateau / plateau, 1e-5);
        Assert.Equal(1, found.Rate / rate, 1e-5);
        Assert.Equal(1, found.Midpoint / midpoint, 1e-5);
    }

    [Theory]
    [InlineData(1, 0.01, 3000)]
    [InlineData(0.4, 0.004, 6000)]
    public void A_noisy_curve_with_uneven_steps_is_recovered_nearly(double plateau, double rate, double midpoint)
    {
        var random = new CounterRandom(18, RandomStream.MonteCarlo);
        var steps = Enumerable.Range(0, 600).Select(i => 20 + (0.03 * i * i)).ToArray();
        var found = AccuracyPattern.Fit(steps, [.. Curve(steps, plateau, rate, midpoint).Select(value => value + (0.02 * random.NextNormal()))])!;
        Assert.Equal(1, found.Plateau / plateau, 0.02);
        Assert.Equal(1, found.Rate / rate, 0.1);
        Assert.Equal(1, found.Midpoint / midpoint, 0.02);
    }

    [Fact]
    public void A_dip_and_a_plateau_at_chance_do_not_mislead_it()
    {
        var steps = Enumerable.Range(0, 500).Select(i => 7.0 * i).ToArray();
        var values = Curve(steps, 0.99, 0.02, 2500);
        for (var i = 0; i < 20; i++) (values[i], values[450 + i]) = (0.05, 0.8);
        Assert.Equal(2500, AccuracyPattern.Fit(steps, values)!.Midpoint, 25.0);
    }

    [Fact]
    public void A_jump_between_two_steps_has_its_midpoint_between_them()
    {
        double[] steps = [0, 100, 200, 300, 400, 500], values = [0, 0, 0, 0.9, 0.9, 0.9];
        var found = AccuracyPattern.Fit(steps, values)!;
        Assert.Equal(0.9, found.Plateau, 1e-3);
        Assert.InRange(found.Midpoint, 200, 300);
        Assert.InRange(found.Rate, 0.05, 0.2000001);
    }

    [Fact]
    public void Without_a_rise_there_is_no_pattern()
    {
        Assert.Null(AccuracyPattern.Fit([], []));
        Assert.Null(AccuracyPattern.Fit([0, 1, 2], [0.5, 0.59, 0.55]));
        Assert.Null(AccuracyPattern.Fit([0, 1, 2], [1, 0.5, 0.1]));
        Assert.NotNull(AccuracyPattern.Fit([0, 1, 2], [1, 0.5, 0.7]));
        Assert.Throws<ArgumentException>(() => AccuracyPattern.Fit([0, 1], [1]));
        Assert.Throws<ArgumentException>(() => AccuracyPattern.Fit([0, 2, 1], [0, 1, 1]));
    }

    private static double[] Curve(double[] steps, double plateau, double rate, double midpoint) =>
        [.. steps.Select(t => plateau / (1 + Math.Exp(-rate * (t - midpoint))))];
}
