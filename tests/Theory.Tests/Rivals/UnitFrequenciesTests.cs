using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class UnitFrequenciesTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Sums_of_waves_have_the_share_of_their_stronger_frequency(int p)
    {
        // A wave of amplitude 1 in one input has the energy p²/2, a product of two waves p²/4; a product of two frequencies is in no block.
        Func<int, int, double>[] units =
        [
            (a, b) => 1000 + (Wave(3, a) * Math.Sin(2 * Math.PI * 3 * b / p)),
            (a, b) => Math.Pow(Wave(2, a) + Wave(2, b), 2) - Math.Pow(Wave(2, a), 2) - Math.Pow(Wave(2, b), 2),
            (a, b) => Wave(1, a) + (2 * Wave(4, b)),
            (a, b) => Wave(1, a) + (2 * Wave(1, a) * Wave(4, b)),
            (_, _) => 0.1,
        ];
        var found = UnitFrequencies.Of(Activations(units, p), units.Length, p);
        (int Frequency, double Share)[] expected = [(3, 1), (2, 1), (4, 4.0 / 5), (1, 1.0 / 3), (0, 0)];
        for (var u = 0; u < units.Length; u++)
        {
            Assert.Equal(expected[u].Frequency, found[u].Frequency);
            Assert.Equal(expected[u].Share, found[u].Share, u == 0 ? 1e-4 : 1e-5);
        }

        Assert.Equal([2, 3], UnitFrequencies.Keys(found));
        Assert.Equal([2, 3, 4], UnitFrequencies.Keys(found, 0.7));
        Assert.Empty(UnitFrequencies.Keys(found, 1.1));

        double Wave(int k, int x) => Math.Cos(2 * Math.PI * k * x / p);
    }

    [Theory]
    [InlineData(5, 3)]
    [InlineData(8, 17)]
    [InlineData(13, 40)]
    public void Shares_of_noise_are_those_of_explicit_products_of_waves(int p, int units)
    {
        var activations = Fixtures.Noise(p * p * units, new CounterRandom(4, RandomStream.MonteCarlo));
        var found = UnitFrequencies.Of(activations, units, p);
        for (var u = 0; u < units; u++)
        {
            var unit = Enumerable.Range(0, p * p).Select(sample => (double)activations[(sample * units) + u]).ToArray();
            var energy = unit.Sum(value => Math.Pow(value - unit.Average(), 2));
            var shares = Enumerable.Range(1, (p - 1) / 2).Select(k => BlockEnergy(unit, k, p) / energy).ToArray();
            Assert.Equal(shares.Max(), found[u].Share, 1e-5);
            Assert.Equal(Array.IndexOf(shares, shares.Max()) + 1, found[u].Frequency);
        }
    }

    private static double BlockEnergy(double[] unit, int k, int p)
    {
        Func<int, double>[] functions =
            [_ => 1 / Math.Sqrt(p), x => Math.Sqrt(2.0 / p) * Math.Cos(2 * Math.PI * k * x / p), x => Math.Sqrt(2.0 / p) * Math.Sin(2 * Math.PI * k * x / p)];
        double energy = 0;
        for (var i = 0; i < 3; i++)
            for (var j = 0; j < 3; j++)
                if (i + j > 0) energy += Math.Pow(unit.Select((value, sample) => value * functions[i](sample / p) * functions[j](sample % p)).Sum(), 2);
        return energy;
    }

    private static float[] Activations(Func<int, int, double>[] units, int p) =>
        [.. Enumerable.Range(0, p * p).SelectMany(sample => units.Select(unit => (float)unit(sample / p, sample % p)))];
}
