using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Theory;

/// <summary>How the variance of an embedding is spread over its principal components.</summary>
public sealed class PcaSpectrum
{
    private PcaSpectrum(double[] fractions)
    {
        Fractions = fractions;
        foreach (var fraction in fractions) Entropy -= fraction > 0 ? fraction * Math.Log(fraction) : 0;
    }

    /// <summary>Explained-variance fractions σ_i, largest first; min(P, D) of them, summing to 1 (all 0 when there is no variance).</summary>
    public double[] Fractions { get; }

    /// <summary>S = -Σ σ_i ln σ_i, in nats.</summary>
    public double Entropy { get; }

    /// <summary>exp(S): 1 when one component explains everything.</summary>
    public double EffectiveDimension => Math.Exp(Entropy);

    /// <summary>Principal components of the centred embedding.</summary>
    /// <param name="embedding">E [P, D], row-major.</param>
    /// <param name="symbols">P.</param>
    /// <exception cref="ArgumentException">The length is no positive multiple of P.</exception>
    public static PcaSpectrum Of(ReadOnlySpan<float> embedding, int symbols)
    {
        var dimension = NormalisedEmbedding.DimensionOf(embedding.Length, symbols);
        var centred = PrincipalAxes.Centre(embedding, symbols, dimension);

        // The covariance [D, D] and the Gram matrix [P, P] share their non-zero eigenvalues; take the smaller one.
        var size = Math.Min(dimension, symbols);
        var matrix = PrincipalAxes.Products(centred, symbols, dimension, byDimension: dimension <= symbols);
        var fractions = SymmetricEigen.Of(matrix, size).Values;
        Array.Reverse(fractions);
        double total = 0;
        for (var i = 0; i < size; i++) total += fractions[i] = Math.Max(fractions[i], 0);
        for (var i = 0; i < size; i++) fractions[i] = total > 0 ? fractions[i] / total : 0;
        return new PcaSpectrum(fractions);
    }
}
