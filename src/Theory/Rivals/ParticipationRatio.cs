namespace Goldilocks.Theory;

/// <summary>How few frequencies each unit's weights use (the inverse participation ratio of Gromov 2023).</summary>
public static class ParticipationRatio
{
    /// <summary>
    /// Mean over the units with any weight of Σ_j |w̃_j|⁴, w̃ the complex DFT over the symbols, j = 0..p−1, scaled to Σ_j |w̃_j|² = 1. The
    /// conjugate coefficients of j and p − j count separately, so an exact cosine has 1/2; a constant (and for even p an alternating sign)
    /// has 1, one symbol alone 1/p.
    /// </summary>
    /// <param name="weights">[units, p], row-major.</param>
    /// <param name="units">At least 1.</param>
    /// <param name="p">At least 2.</param>
    /// <returns>1/p..1; not a number when all weights are 0.</returns>
    /// <exception cref="ArgumentException">The length is not units · p, or a number is too small.</exception>
    public static double Of(ReadOnlySpan<float> weights, int units, int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        var basis = new FourierBasis(p);
        if (weights.Length != (long)units * p) throw new ArgumentException($"{weights.Length} weights are not those of {units} units and {p} symbols", nameof(weights));
        double total = 0;
        var active = 0;
        var unit = new double[p];
        for (var u = 0; u < units; u++)
        {
            for (var x = 0; x < p; x++) unit[x] = weights[(u * p) + x];
            if (unit.All(weight => weight == 0)) continue;
            active++;
            total += Ratio(unit, basis);
        }

        return total / active;
    }

    private static double Ratio(double[] unit, FourierBasis basis)
    {
        double squares = 0, fourths = 0;
        for (var f = 0; f < unit.Length; f++)
        {
            // A cosine and its sine share the energy of two conjugate coefficients; other rows are coefficients of their own.
            var energy = Energy(f);
            var paired = f > 0 && f < unit.Length - 1 + (unit.Length % 2);
            if (paired) energy = (energy + Energy(++f)) / 2;
            squares += paired ? 2 * energy : energy;
            fourths += (paired ? 2 : 1) * energy * energy;
        }

        return fourths / (squares * squares);

        double Energy(int row)
        {
            var coefficient = DenseVectors.Dot(basis.Row(row), unit);
            return coefficient * coefficient;
        }
    }
}
