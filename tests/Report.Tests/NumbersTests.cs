namespace Goldilocks.Report.Tests;

public sealed class NumbersTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(1130, "1130")]
    [InlineData(9999, "9999")]
    [InlineData(10_000, "10,000")]
    [InlineData(1_000_000, "1,000,000")]
    public void Counts_are_grouped_from_five_digits_on(long value, string text) => Assert.Equal(text, Numbers.Count(value));

    [Theory]
    [InlineData(2.4e-7, "2.4·10⁻⁷")]
    [InlineData(9.97e-7, "1·10⁻⁶")]
    [InlineData(0.0, "0")]
    [InlineData(30.0, "3·10¹")]
    [InlineData(double.NaN, "–")]
    public void Magnitudes_are_two_digits_and_a_power(double value, string text) => Assert.Equal(text, Numbers.Magnitude(value));

    [Theory]
    [InlineData(1.0, "100\u00a0%")]
    [InlineData(0.9777777, "97.8\u00a0%")]
    [InlineData(double.NaN, "–")]
    public void Fractions_are_percentages(double value, string text) => Assert.Equal(text, Numbers.Percent(value));

    [Fact]
    public void Nothing_is_a_dash()
    {
        Assert.Equal("never", Numbers.StepOrNever(null));
        Assert.Equal(["–", "–", "–", "–", "–"], [Numbers.Percent(null), Numbers.Fraction(null), Numbers.Loss(null), Numbers.Magnitude(null), Numbers.Setting(null)]);
    }

    [Theory]
    [InlineData(2, 0)]
    [InlineData(4, 3)]
    [InlineData(6, 13)]
    [InlineData(10, 70)]
    [InlineData(11, 95)]
    public void Parallelograms_of_addition_are_counted(int symbols, long count) => Assert.Equal(count, new AdditionTask(symbols, 1).Parallelograms);
}
