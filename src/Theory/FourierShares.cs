namespace Goldilocks.Theory;

/// <summary>How the variance of an embedding whose rows stand in cyclic order is spread over frequencies.</summary>
public static class FourierShares
{
    /// <summary>‖F_k E‖² / ‖E‖² for k = 1..⌊P/2⌋, E centred and F_k the orthonormal cosine and sine of 2πkx/P; they sum to 1, or are 0 without variance.</summary>
    /// <param name="embedding">E [P, D], row-major.</param>
    /// <param name="symbols">P, at least 2.</param>
    /// <exception cref="ArgumentException">The length is no multiple of P.</exception>
    public static double[] Of(ReadOnlySpan<double> embedding, int symbols)
    {
        var dimension = NormalisedEmbedding.DimensionOf(embedding.Length, symbols);
        var shares = new double[symbols / 2];
        double[] cosine = new double[dimension], sine = new double[dimension];
        for (var k = 1; k <= shares.Length; k++)
        {
            Array.Clear(cosine);
            Array.Clear(sine);
            for (var x = 0; x < symbols; x++)
            {
                // k·x is taken modulo P first: the angle stays exact for large products.
                var (s, c) = Math.SinCos(2 * Math.PI * (int)((long)k * x % symbols) / symbols);
                DenseVectors.AddScaled(c, embedding.Slice(x * dimension, dimension), cosine);
                DenseVectors.AddScaled(s, embedding.Slice(x * dimension, dimension), sine);
            }

            var both = DenseVectors.Dot(cosine, cosine) + DenseVectors.Dot(sine, sine);
            shares[k - 1] = 2 * k == symbols ? DenseVectors.Dot(cosine, cosine) / symbols : both * 2 / symbols;
        }

        var total = shares.Sum();
        return [.. shares.Select(share => total > 0 ? share / total : 0)];
    }
}
