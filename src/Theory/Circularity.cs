namespace Goldilocks.Theory;

/// <summary>How far the symbols of a modular task lie on a circle.</summary>
/// <param name="Share">Largest share of the centred embedding's variance in one Fourier frequency, 0..1: 1 for an exact circle, 0 without variance.</param>
/// <param name="Frequency">That frequency k, 1..P/2: neighbours on the circle differ by the inverse of k modulo P; 0 without variance.</param>
public sealed record Circularity(double Share, int Frequency)
{
    /// <summary>‖F_k E‖² / ‖E‖² maximised over k, with F_k the orthonormal cosine and sine of 2πkx/P (for even P and k = P/2 the cosine alone).</summary>
    /// <param name="embedding">E [P, D], row-major.</param>
    /// <param name="symbols">P, at least 2.</param>
    /// <exception cref="ArgumentException">The length is no positive multiple of P.</exception>
    public static Circularity Of(ReadOnlySpan<float> embedding, int symbols)
    {
        var shares = FourierShares.Of(Array.ConvertAll(embedding.ToArray(), value => (double)value), symbols);
        var best = Array.IndexOf(shares, shares.Max());
        return shares[best] > 0 ? new Circularity(shares[best], best + 1) : new Circularity(0, 0);
    }
}
