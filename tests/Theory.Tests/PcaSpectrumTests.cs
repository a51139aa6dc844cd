using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class PcaSpectrumTests
{
    [Fact]
    public void One_dimension_explains_everything()
    {
        var spectrum = PcaSpectrum.Of(Fixtures.Seed58Start, 10);
        Assert.Equal([1.0], spectrum.Fractions);
        Assert.Equal(0, spectrum.Entropy);
        Assert.Equal(1, spectrum.EffectiveDimension);
    }

    [Fact]
    public void A_line_has_one_dimension_and_a_circle_two()
    {
        var line = PcaSpectrum.Of(Fixtures.Line(12, 5, new CounterRandom(1, RandomStream.MonteCarlo)), 12);
        Assert.Equal(1, line.EffectiveDimension, 1e-4);
        var circle = new float[24];
        for (var k = 0; k < 12; k++) (circle[2 * k], circle[(2 * k) + 1]) = ((float)Math.Cos(2 * Math.PI * k / 12) + 7, (float)Math.Sin(2 * Math.PI * k / 12));
        var spectrum = PcaSpectrum.Of(circle, 12);
        Assert.Equal(0.5, spectrum.Fractions[0], 1e-6);
        Assert.Equal(Math.Log(2), spectrum.Entropy, 1e-6);
        Assert.Equal(2, spectrum.EffectiveDimension, 1e-6);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(3, 5)]
    public void Known_variances_give_known_fractions_for_either_shape(int symbols, int dimension)
    {
        // Centred columns (1, -1, 0, ..) · 3 and (1, 1, -2, 0, ..) are orthogonal with squared norms 18 and 6.
        var embedding = new float[symbols * dimension];
        (embedding[0], embedding[dimension]) = (3, -3);
        (embedding[1], embedding[dimension + 1], embedding[(2 * dimension) + 1]) = (1, 1, -2);
        var spectrum = PcaSpectrum.Of(embedding, symbols);
        Assert.Equal(3, spectrum.Fractions.Length);
        Assert.Equal(0.75, spectrum.Fractions[0], 1e-12);
        Assert.Equal(0.25, spectrum.Fractions[1], 1e-12);
        Assert.Equal(0, spectrum.Fractions[2], 1e-12);
        Assert.Equal(-(0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25)), spectrum.Entropy, 1e-10);
    }

    [Fact]
    public void A_point_has_no_variance()
    {
        var spectrum = PcaSpectrum.Of(new float[12], 4);
        Assert.Equal([0.0, 0.0, 0.0], spectrum.Fractions);
        Assert.Equal(1, spectrum.EffectiveDimension);
    }
}
