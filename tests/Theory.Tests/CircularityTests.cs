using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class CircularityTests
{
    [Theory]
    [InlineData(11, 1)]
    [InlineData(11, 4)]
    [InlineData(12, 5)]
    [InlineData(59, 29)]
    public void An_exact_circle_has_all_its_variance_in_its_frequency(int p, int frequency)
    {
        var found = Circularity.Of(Circle(p, frequency), p);
        Assert.Equal(1, found.Share, 1e-6);
        Assert.Equal(frequency, found.Frequency);
    }

    [Fact]
    public void Rotation_translation_and_scale_change_nothing_and_a_relabelling_by_a_unit_moves_the_frequency()
    {
        const int p = 13;
        var random = new CounterRandom(5, RandomStream.MonteCarlo);
        var embedding = Circle(p, 3);
        for (var i = 0; i < embedding.Length; i++) embedding[i] += 0.3f * (float)random.NextNormal();
        var found = Circularity.Of(embedding, p);
        var (sine, cosine) = Math.SinCos(0.7);
        var moved = new float[embedding.Length];
        for (var x = 0; x < p; x++)
        {
            moved[2 * x] = (float)(4 + (2.5 * ((cosine * embedding[2 * x]) - (sine * embedding[(2 * x) + 1]))));
            moved[(2 * x) + 1] = (float)(-1 + (2.5 * ((sine * embedding[2 * x]) + (cosine * embedding[(2 * x) + 1]))));
        }

        Assert.Equal(found.Share, Circularity.Of(moved, p).Share, 1e-5);
        Assert.Equal(found.Frequency, Circularity.Of(moved, p).Frequency);

        // The symbol 2x in the place of x: what was frequency k is now 2k, or p - 2k.
        var relabelled = new float[embedding.Length];
        for (var x = 0; x < p; x++) embedding.AsSpan(2 * (2 * x % p), 2).CopyTo(relabelled.AsSpan(2 * x));
        Assert.Equal(found.Share, Circularity.Of(relabelled, p).Share, 1e-6);
        Assert.Equal(Math.Min(2 * found.Frequency, p - (2 * found.Frequency)), Circularity.Of(relabelled, p).Frequency);
    }

    [Fact]
    public void The_shares_of_all_frequencies_sum_to_one_so_two_equal_circles_have_half_each()
    {
        var (one, other) = (Circle(11, 2), Circle(11, 5));
        var both = new float[4 * 11];
        for (var x = 0; x < 11; x++)
        {
            one.AsSpan(2 * x, 2).CopyTo(both.AsSpan(4 * x));
            other.AsSpan(2 * x, 2).CopyTo(both.AsSpan((4 * x) + 2));
        }

        Assert.Equal(0.5, Circularity.Of(both, 11).Share, 1e-6);
        Assert.Equal(new Circularity(0, 0), Circularity.Of(new float[22], 11));
    }

    [Fact]
    public void Alternating_symbols_of_an_even_number_are_its_highest_frequency()
    {
        var found = Circularity.Of([1, -1, 1, -1, 1, -1, 1, -1], 8);
        Assert.Equal(1, found.Share, 1e-12);
        Assert.Equal(4, found.Frequency);
    }

    private static float[] Circle(int p, int frequency) =>
        [.. Enumerable.Range(0, p).SelectMany(x => (float[])[(float)Math.Cos(2 * Math.PI * frequency * x / p), (float)Math.Sin(2 * Math.PI * frequency * x / p)])];
}
