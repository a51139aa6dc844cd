using System.Numerics;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class ParticipationRatioTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Known_units_have_their_known_ratio(int p)
    {
        Assert.Equal(1.0 / 2, Ratio(x => Math.Cos((2 * Math.PI * 3 * x / p) + 0.4)), 1e-6);
        Assert.Equal(1.0 / 4, Ratio(x => Math.Cos(2 * Math.PI * 3 * x / p) + Math.Sin(2 * Math.PI * x / p)), 1e-6);
        Assert.Equal(1, Ratio(_ => -2), 1e-6);
        Assert.Equal(1.0 / p, Ratio(x => x == 4 ? 7 : 0), 1e-6);
        if (p % 2 == 0) Assert.Equal(1, Ratio(x => x % 2 == 0 ? 1 : -1), 1e-6);

        double Ratio(Func<int, double> unit) => ParticipationRatio.Of([.. Enumerable.Range(0, p).Select(x => (float)unit(x))], 1, p);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(10)]
    public void It_is_the_mean_over_units_of_the_complex_transform(int p)
    {
        const int units = 5;
        var weights = Fixtures.Noise(units * p, new CounterRandom(5, RandomStream.MonteCarlo));
        double total = 0;
        for (var u = 0; u < units; u++)
        {
            var energies = Enumerable.Range(0, p).Select(j =>
            {
                var sum = Complex.Zero;
                for (var x = 0; x < p; x++) sum += weights[(u * p) + x] * Complex.Exp(-2 * Math.PI * Complex.ImaginaryOne * j * x / p);
                return sum.Magnitude * sum.Magnitude;
            }).ToArray();
            total += energies.Sum(energy => Math.Pow(energy / energies.Sum(), 2));
        }

        Assert.Equal(total / units, ParticipationRatio.Of(weights, units, p), 1e-10);

        // Units without weights do not count.
        Assert.Equal(total / units, ParticipationRatio.Of([.. new float[p], .. weights, .. new float[p]], units + 2, p), 1e-10);
        Assert.True(double.IsNaN(ParticipationRatio.Of(new float[2 * p], 2, p)));
    }
}
