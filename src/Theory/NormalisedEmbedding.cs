namespace Goldilocks.Theory;

/// <summary>The normalised embedding Ẽ of §3.2.</summary>
public static class NormalisedEmbedding
{
    /// <summary>
    /// Paper: subtract the mean vector, divide by σ with σ² = (1/P) Σ|E_k - μ|² (printed there as a variance).
    /// Reference: per dimension, subtract the mean and divide by the unbiased standard deviation.
    /// </summary>
    /// <param name="embedding">E [P, D], row-major.</param>
    /// <param name="symbols">P, at least 2.</param>
    /// <param name="convention">Whose normalisation.</param>
    /// <returns>Ẽ [P, D]; not a number where the spread is zero.</returns>
    /// <exception cref="ArgumentException">The length is no positive multiple of P.</exception>
    public static double[] Of(ReadOnlySpan<float> embedding, int symbols, Convention convention)
    {
        var dimension = DimensionOf(embedding.Length, symbols);
        var inverse = new double[dimension];
        var result = new double[embedding.Length];
        InverseSpread(embedding, symbols, convention, inverse, result.AsSpan(0, dimension));
        var mean = result[..dimension];
        for (var k = 0; k < embedding.Length; k++) result[k] = (embedding[k] - mean[k % dimension]) * inverse[k % dimension];
        return result;
    }

    /// <summary>Z0 = Σ|Ẽ_k|² right after normalising: P by the paper, D(P-1) by the reference code.</summary>
    public static double SquaredNorm(int symbols, int dimension, Convention convention)
        => convention == Convention.Paper ? symbols : dimension * (symbols - 1.0);

    internal static int DimensionOf(int length, int symbols)
    {
        if (length == 0 || length % symbols != 0) throw new ArgumentException($"an embedding of {symbols} symbols cannot have {length} entries");
        return length / symbols;
    }

    /// <summary>1/σ of every dimension (the same for all by the paper's convention), summed in a fixed order.</summary>
    internal static void InverseSpread(ReadOnlySpan<float> embedding, int symbols, Convention convention, Span<double> inverse, Span<double> mean)
    {
        var dimension = mean.Length;
        double total = 0;
        for (var d = 0; d < dimension; d++)
        {
            double sum = 0;
            for (var k = d; k < embedding.Length; k += dimension) sum += embedding[k];
            mean[d] = sum / symbols;
            double squares = 0;
            for (var k = d; k < embedding.Length; k += dimension)
            {
                var centred = embedding[k] - mean[d];
                squares += centred * centred;
            }

            inverse[d] = 1 / Math.Sqrt(squares / (symbols - 1));
            total += squares;
        }

        if (convention == Convention.Paper) inverse.Fill(1 / Math.Sqrt(total / symbols));
    }
}
