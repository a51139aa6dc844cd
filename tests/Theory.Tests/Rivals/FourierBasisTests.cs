using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class FourierBasisTests
{
    [Theory]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(10, 4)]
    [InlineData(113, 56)]
    public void Its_rows_are_orthonormal(int p, int frequencies)
    {
        var basis = new FourierBasis(p);
        Assert.Equal(p, basis.Symbols);
        Assert.Equal(frequencies, basis.Frequencies);
        for (var f = 0; f < p; f++)
        {
            for (var g = 0; g <= f; g++)
            {
                double product = 0;
                for (var x = 0; x < p; x++) product += basis.Row(f)[x] * basis.Row(g)[x];
                Assert.Equal(f == g ? 1 : 0, product, 1e-12);
            }
        }
    }

    [Fact]
    public void Four_symbols_have_a_constant_a_circle_and_an_alternating_row()
    {
        var (basis, half, root) = (new FourierBasis(4), 0.5, Math.Sqrt(0.5));
        double[][] expected = [[half, half, half, half], [root, 0, -root, 0], [0, root, 0, -root], [half, -half, half, -half]];
        for (var f = 0; f < 4; f++)
            for (var x = 0; x < 4; x++) Assert.Equal(expected[f][x], basis.Row(f)[x], 1e-15);
    }

    [Fact]
    public void Norms_find_each_wave_at_its_row_and_miss_nothing()
    {
        // Columns: 3, 2 cos(2π 4 x/p), sin(2π x/p) and 2 sin(2π x/p); a wave of amplitude 1 has the norm √(p/2).
        const int p = 11;
        var matrix = new float[p * 4];
        for (var x = 0; x < p; x++)
        {
            var (four, one) = (2 * Math.Cos(2 * Math.PI * 4 * x / p), Math.Sin(2 * Math.PI * x / p));
            ((float[])[3, (float)four, (float)one, (float)(2 * one)]).CopyTo(matrix, 4 * x);
        }

        var expected = new double[p];
        (expected[0], expected[7], expected[2]) = (3 * Math.Sqrt(p), 2 * Math.Sqrt(p / 2.0), Math.Sqrt(5 * p / 2.0));
        var norms = new FourierBasis(p).Norms(matrix, 4);
        for (var f = 0; f < p; f++) Assert.Equal(expected[f], norms[f], 1e-5);

        var noise = Fixtures.Noise(12 * 35, new CounterRandom(2, RandomStream.MonteCarlo));
        Assert.Equal(noise.Sum(value => (double)value * value), new FourierBasis(12).Norms(noise, 35).Sum(norm => norm * norm), 1e-9);
        Assert.Throws<ArgumentException>(() => new FourierBasis(12).Norms(noise, 34));
    }
}
