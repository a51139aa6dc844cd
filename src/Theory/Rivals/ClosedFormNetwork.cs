using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory;

/// <summary>
/// Addition modulo p solved without training: f(x) = W2 (W1 x)²/(D N), x the one-hots of a and b one after the other, D = 2p, N units (Gromov 2023).
/// </summary>
public static class ClosedFormNetwork
{
    /// <summary>
    /// W1 = cos(2πka/p + φ1) and cos(2πkb/p + φ2), W2 = cos(−2πkq/p − φ3) with φ3 = φ1 + φ2: the unit's part in class q is
    /// ½ cos(2πk(a + b − q)/p), and terms that cancel over units with random phases.
    /// </summary>
    /// <remarks>The arg max is right on all pairs with high probability from about 20 units per frequency on. The factor 1/(D N) is not in the weights.</remarks>
    /// <param name="p">At least 3.</param>
    /// <param name="units">N; unit n has the frequency k = 1 + n mod ⌊(p − 1)/2⌋.</param>
    /// <param name="seed">Of the phases, uniform on the circle.</param>
    /// <returns>W1 [units, 2p], the columns of a before those of b, and W2 [p, units], both row-major.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A number is too small.</exception>
    public static (float[] First, float[] Second) Weights(int p, int units, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 3);
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var random = new CounterRandom(seed, RandomStream.MonteCarlo);
        var (first, second) = (new float[units * 2 * p], new float[p * units]);
        for (var n = 0; n < units; n++)
        {
            var k = 1 + (n % ((p - 1) / 2));
            var (phaseA, phaseB) = (2 * Math.PI * random.NextDouble(), 2 * Math.PI * random.NextDouble());
            for (var x = 0; x < p; x++)
            {
                var angle = 2 * Math.PI * ((long)k * x % p) / p;
                first[(n * 2 * p) + x] = (float)Math.Cos(angle + phaseA);
                first[(n * 2 * p) + p + x] = (float)Math.Cos(angle + phaseB);
                second[(x * units) + n] = (float)Math.Cos(-angle - phaseA - phaseB);
            }
        }

        return (first, second);
    }
}
