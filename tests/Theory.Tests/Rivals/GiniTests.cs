using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class GiniTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(57)]
    public void It_is_the_mean_difference_of_all_pairs(int count)
    {
        var random = new CounterRandom(1, RandomStream.MonteCarlo);
        var values = Enumerable.Range(0, count).Select(i => i % 5 == 0 ? 0.25 : Math.Abs(random.NextNormal())).ToArray();
        double differences = 0;
        foreach (var x in values)
            foreach (var y in values) differences += Math.Abs(x - y);
        Assert.Equal(differences / (2 * count * count * values.Average()), Gini.Of(values), 1e-12);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(101)]
    public void Known_spreads_have_their_known_value(int count)
    {
        Assert.Equal(0, Gini.Of(Enumerable.Repeat(3.7, count).ToArray()), 1e-12);
        Assert.Equal(1 - (1.0 / count), Gini.Of([.. new double[count - 1], 8]), 1e-12);
        Assert.Equal((count - 1) / (3.0 * count), Gini.Of([.. Enumerable.Range(1, count).Select(value => (double)value)]), 1e-12);
        Assert.Equal(0, Gini.Of(new double[count]));
        Assert.Equal(0, Gini.Of([]));
    }
}
