namespace Goldilocks.Report.Tests;

public sealed class EmbeddingHistoryTests
{
    [Fact]
    public void Values_have_zero_mean_and_unit_variance_of_either_kind()
    {
        var history = new EmbeddingHistory([0], [[1, 10, 2, 20, 6, 30]], dimension: 2);
        var population = history.Normalised(0, 0, unbiased: false);
        Assert.Equal(0, population.Sum(), 12);
        Assert.Equal(3, population.Sum(value => value * value), 12);
        var sample = history.Normalised(0, 1, unbiased: true);
        Assert.Equal([-1, 0, 1], sample.Select(value => Math.Round(value, 12)));
    }

    [Fact]
    public void Equal_symbols_have_no_normalised_value() =>
        Assert.All(new EmbeddingHistory([0], [[3, 3, 3]], dimension: 1).Normalised(0, 0, unbiased: false), value => Assert.True(double.IsNaN(value)));
}
