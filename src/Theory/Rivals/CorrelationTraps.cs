using Goldilocks.Numerics.Generators;
using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Theory;

/// <summary>
/// Correlation traps of a weight matrix: eigenvalues that stay outside the random-matrix bulk after the entries are shuffled, so that they come
/// from single large entries (or from the entries' mean, which is not taken off), and the power law of the unshuffled spectrum (Martin and
/// Mahoney 2021; Prakash and Martin 2025).
/// </summary>
/// <param name="Traps">Eigenvalues of the shuffled WᵀW/N beyond <paramref name="Edge"/>.</param>
/// <param name="Alpha">
/// Clauset exponent of the tail of the unshuffled spectrum of WᵀW/N; not a number with fewer than 5 positive eigenvalues. Those below 1e-12 of
/// the largest are rounding and not positive.
/// </param>
/// <param name="Edge">Where the bulk of the shuffled spectrum ends: Marchenko-Pastur edge plus Tracy-Widom allowance.</param>
/// <remarks>
/// With N the larger and M the smaller side and entries of variance σ², the bulk ends at λ₊ = σ²(√N + √M)²/N, and the largest eigenvalue of
/// pure noise is λ₊ + w·TW₁ with the width w = σ²(√N + √M)(1/√N + 1/√M)^(1/3)/N (Johnstone 2001). σ² is the mean of the bulk's M − t
/// eigenvalues, t being those beyond the edge: from t = 0, for which it is the entries' mean square, until t no longer grows. Equally large
/// traps hide each other when they are more than a share N/(√N + √M)² of the M eigenvalues, a quarter for a square matrix.
/// </remarks>
public sealed record CorrelationTraps(int Traps, double Alpha, double Edge)
{
    /// <summary>Allowance beyond λ₊ in widths: the 99.9 % point of the Tracy-Widom law TW₁; small noise matrices exceed it less often than once in 1000.</summary>
    private const double TracyWidomWidths = 3.27;

    private const double Rounding = 1e-12;

    /// <summary>Traps, edge and exponent of a matrix.</summary>
    /// <param name="weights">W [rows, columns], row-major; of its transpose the result is the same but for the shuffle.</param>
    /// <param name="rows">At least 1.</param>
    /// <param name="columns">At least 1.</param>
    /// <param name="seed">Of the shuffle.</param>
    /// <returns>No traps and no numbers when a weight is not finite.</returns>
    /// <exception cref="ArgumentException">The length is not rows · columns, or a number is too small.</exception>
    public static CorrelationTraps Of(ReadOnlySpan<float> weights, int rows, int columns, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (weights.Length != (long)rows * columns) throw new ArgumentException($"{weights.Length} weights are not a {rows} x {columns} matrix", nameof(weights));
        foreach (var weight in weights)
            if (!float.IsFinite(weight)) return new CorrelationTraps(0, double.NaN, double.NaN);
        var spectrum = Spectrum(weights, rows, columns);
        var alpha = PowerLawTail.Fit(spectrum.Where(value => value > Rounding * spectrum[^1]))?.Exponent ?? double.NaN;
        var shuffled = weights.ToArray();
        new CounterRandom(seed, RandomStream.MonteCarlo).Shuffle<float>(shuffled);
        var (traps, edge) = Outliers(Spectrum(shuffled, rows, columns), Math.Max(rows, columns));
        return new CorrelationTraps(traps, alpha, edge);
    }

    /// <summary>Eigenvalues beyond the edge, and the edge, of an ascending spectrum of M values.</summary>
    private static (int Count, double Edge) Outliers(ReadOnlySpan<double> spectrum, int larger)
    {
        var (n, m) = (Math.Sqrt(larger), Math.Sqrt(spectrum.Length));
        var unitEdge = (((n + m) * (n + m)) + (TracyWidomWidths * (n + m) * Math.Cbrt((1 / n) + (1 / m)))) / larger;
        for (var bulk = spectrum.Length; ;)
        {
            double sum = 0;
            foreach (var value in spectrum[..bulk]) sum += value;
            var edge = unitEdge * sum / bulk;
            var inside = bulk;
            while (spectrum[inside - 1] > edge) inside--;
            if (inside == bulk) return (spectrum.Length - bulk, edge);
            bulk = inside;
        }
    }

    /// <summary>Eigenvalues of WᵀW/N, or of WWᵀ/N if that is smaller, ascending.</summary>
    private static double[] Spectrum(ReadOnlySpan<float> weights, int rows, int columns)
    {
        var (larger, smaller) = (Math.Max(rows, columns), Math.Min(rows, columns));
        var tall = new double[weights.Length];
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) tall[rows >= columns ? (r * columns) + c : (c * rows) + r] = weights[(r * columns) + c];
        var values = SymmetricEigen.Of(NormalMatrix.Of(tall, smaller), smaller).Values;
        for (var i = 0; i < smaller; i++) values[i] = Math.Max(values[i], 0) / larger;
        return values;
    }
}
