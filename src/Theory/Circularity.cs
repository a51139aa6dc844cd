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
        var dimension = NormalisedEmbedding.DimensionOf(embedding.Length, symbols);
        double total = 0;
        for (var d = 0; d < dimension; d++)
        {
            double mean = 0;
            for (var x = 0; x < symbols; x++) mean += embedding[(x * dimension) + d];
            mean /= symbols;
            for (var x = 0; x < symbols; x++) total += (embedding[(x * dimension) + d] - mean) * (embedding[(x * dimension) + d] - mean);
        }

        var best = new Circularity(0, 0);
        for (var k = 1; total > 0 && k <= symbols / 2; k++)
        {
            double power = 0;
            for (var d = 0; d < dimension; d++)
            {
                double cosine = 0, sine = 0;
                for (var x = 0; x < symbols; x++)
                {
                    var (s, c) = Math.SinCos(2 * Math.PI * k * x / symbols);
                    cosine += c * embedding[(x * dimension) + d];
                    sine += s * embedding[(x * dimension) + d];
                }

                power += 2 * k == symbols ? cosine * cosine / symbols : ((cosine * cosine) + (sine * sine)) * 2 / symbols;
            }

            if (power / total > best.Share) best = new Circularity(power / total, k);
        }

        return best;
    }
}
