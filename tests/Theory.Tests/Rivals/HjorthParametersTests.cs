using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class HjorthParametersTests
{
    [Fact]
    public void A_line_is_taken_off_and_scale_changes_the_activity_alone()
    {
        var random = new CounterRandom(6, RandomStream.MonteCarlo);
        var series = Enumerable.Range(0, 400).Select(_ => random.NextNormal()).ToArray();
        var found = HjorthParameters.Of(series);
        var moved = HjorthParameters.Of([.. series.Select((value, t) => 40 - (0.3 * t) + (2 * value))]);
        Assert.Equal(4 * found.Activity, moved.Activity, 1e-9);
        Assert.Equal(found.Mobility, moved.Mobility, 1e-9);
        Assert.Equal(found.Complexity, moved.Complexity, 1e-9);
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.7)]
    [InlineData(2.9)]
    public void A_difference_of_a_wave_is_the_wave_times_twice_the_sine_of_half_its_frequency(double frequency)
    {
        var found = HjorthParameters.Of([.. Enumerable.Range(0, 200_000).Select(t => 3 * Math.Cos(frequency * t))]);
        Assert.Equal(4.5, found.Activity, 1e-2);
        Assert.Equal(2 * Math.Sin(frequency / 2), found.Mobility, 1e-3);
        Assert.Equal(2 * Math.Sin(frequency / 2), found.Complexity, 1e-3);
    }

    [Fact]
    public void White_noise_doubles_its_variance_when_differenced_and_triples_that_again()
    {
        // Var(x1 − x0) = 2, Var(x2 − 2 x1 + x0) = 6.
        var random = new CounterRandom(7, RandomStream.MonteCarlo);
        var found = HjorthParameters.Of([.. Enumerable.Range(0, 200_000).Select(_ => random.NextNormal())]);
        Assert.Equal(1, found.Activity, 0.02);
        Assert.Equal(Math.Sqrt(2), found.Mobility, 0.01);
        Assert.Equal(Math.Sqrt(3), found.Complexity, 0.01);
    }

    [Fact]
    public void A_small_case_is_as_computed_by_hand()
    {
        // 0 1 0 has no slope: residuals −1/3 2/3 −1/3, differences 1 −1, second difference −2.
        var found = HjorthParameters.Of([0, 1, 0]);
        Assert.Equal(2.0 / 9, found.Activity, 1e-15);
        Assert.Equal(Math.Sqrt(4.5), found.Mobility, 1e-12);
        Assert.Equal(2, found.Complexity, 1e-12);
    }

    [Fact]
    public void Constants_and_lines_have_none_and_what_is_no_number_gives_none()
    {
        var none = new HjorthParameters(0, 0, 0);
        Assert.Equal(none, HjorthParameters.Of([]));
        Assert.Equal(none, HjorthParameters.Of([2]));
        Assert.Equal(none, HjorthParameters.Of([2, 5]));
        Assert.Equal(none, HjorthParameters.Of([.. Enumerable.Repeat(0.1, 333)]));
        Assert.Equal(none, HjorthParameters.Of([.. Enumerable.Range(0, 333).Select(t => 0.1 + (0.7 * t))]));
        Assert.True(double.IsNaN(HjorthParameters.Of([1, double.NaN, 3, 4]).Mobility));
    }
}
