using Goldilocks.Numerics;

namespace Goldilocks.Theory;

/// <summary>Which Fourier frequency each hidden unit of a network on pairs of symbols works at (Nanda et al. 2023).</summary>
public static unsafe class UnitFrequencies
{
    /// <summary>Rows of a frequency's block: const, cos_k and sin_k.</summary>
    private const int BlockRows = 3;

    /// <summary>
    /// For each unit, centred over all p² inputs: the k in 1..⌊(p − 1)/2⌋ with the largest share of its energy in the span of
    /// {const, cos_k, sin_k}⊗{const, cos_k, sin_k} without const⊗const, and that share, 0..1. The first k among equals; (0, 0) for a constant unit.
    /// </summary>
    /// <remarks>The transform runs in single precision, after the means were taken off in double: shares are good to about 1e-6.</remarks>
    /// <param name="activations">[p², units], row-major: row a·p + b. Finite.</param>
    /// <param name="units">At least 1.</param>
    /// <param name="p">At least 3.</param>
    /// <exception cref="ArgumentException">The length is not p² · units, or a number is too small.</exception>
    public static (int Frequency, double Share)[] Of(ReadOnlySpan<float> activations, int units, int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(units, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 3);
        if (activations.Length != (long)p * p * units)
            throw new ArgumentException($"{activations.Length} activations are not those of {units} units and {p} x {p} inputs", nameof(activations));

        // Over a for all rows of the basis, then over b for the rows of each block.
        var stride = Layout.Pad(units);
        var basis = new FourierBasis(p);
        var (centred, energies) = Centre(activations, units, stride);
        var half = new float[centred.Length];
        var block = new float[BlockRows * stride];
        var (overA, overB) = (new float[p * p], new float[BlockRows * p]);
        for (var f = 0; f < p; f++) Narrow(basis.Row(f), overA.AsSpan(f * p, p));
        Narrow(basis.Row(0), overB);
        var result = new (int Frequency, double Share)[units];
        var first = new Gemm(p, p * stride, p, false, false, p, p * stride, p * stride);
        var second = new Gemm(BlockRows, stride, p, false, false, p, stride, stride);
        fixed (float* a = overA, b = overB, input = centred, output = half, products = block)
        {
            first.Run(a, input, output, null, null);
            for (var k = 1; k <= basis.Frequencies; k++)
            {
                overA.AsSpan(((2 * k) - 1) * p, 2 * p).CopyTo(overB.AsSpan(p));
                var energy = new double[units];
                foreach (var f in (ReadOnlySpan<int>)[0, (2 * k) - 1, 2 * k])
                {
                    second.Run(b, output + ((long)f * p * stride), products, null, null);
                    for (var g = f == 0 ? 1 : 0; g < BlockRows; g++)
                        for (var u = 0; u < units; u++) energy[u] += (double)block[(g * stride) + u] * block[(g * stride) + u];
                }

                for (var u = 0; u < units; u++)
                    if (energy[u] / energies[u] > result[u].Share) result[u] = (k, Math.Min(energy[u] / energies[u], 1));
            }
        }

        return result;
    }

    /// <summary>The key frequencies: those of the units whose share exceeds the threshold, each once, ascending.</summary>
    /// <param name="units">What <see cref="Of"/> found.</param>
    /// <param name="threshold">0.85 by Nanda et al.</param>
    public static int[] Keys((int Frequency, double Share)[] units, double threshold = 0.85) =>
        [.. units.Where(unit => unit.Share > threshold).Select(unit => unit.Frequency).Distinct().Order()];

    /// <summary>Each unit without its mean, in padded rows, and its Σ x².</summary>
    private static (float[] Centred, double[] Energies) Centre(ReadOnlySpan<float> activations, int units, int stride)
    {
        // Relative to the first input, so that the mean of a constant unit is exact.
        var inputs = activations.Length / units;
        var (means, energies) = (new double[units], new double[units]);
        for (var i = 0; i < activations.Length; i += units)
            for (var u = 0; u < units; u++) means[u] += (double)activations[i + u] - activations[u];
        for (var u = 0; u < units; u++) means[u] = activations[u] + (means[u] / inputs);
        var centred = new float[inputs * stride];
        for (var i = 0; i < inputs; i++)
        {
            for (var u = 0; u < units; u++)
            {
                var value = activations[(i * units) + u] - means[u];
                centred[(i * stride) + u] = (float)value;
                energies[u] += value * value;
            }
        }

        return (centred, energies);
    }

    private static void Narrow(ReadOnlySpan<double> source, Span<float> destination)
    {
        for (var i = 0; i < source.Length; i++) destination[i] = (float)source[i];
    }
}
