namespace Goldilocks.Theory;

/// <summary>The orthonormal real Fourier basis of functions on p symbols in cyclic order. Immutable.</summary>
/// <remarks>
/// Rows: const 1/√p; then for k = 1, 2, ... the cosine √(2/p) cos(2πkx/p) and the sine √(2/p) sin(2πkx/p), at 2k − 1 and 2k; for even p the
/// last row is the cosine of p/2, (−1)^x/√p.
/// </remarks>
public sealed class FourierBasis
{
    private readonly double[] _rows;

    /// <param name="p">Number of symbols, at least 2.</param>
    /// <exception cref="ArgumentOutOfRangeException">p is below 2.</exception>
    public FourierBasis(int p)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(p, 2);
        Symbols = p;
        _rows = new double[p * p];
        for (var f = 0; f < p; f++)
        {
            var k = (f + 1) / 2;
            var scale = Math.Sqrt((k == 0 || 2 * k == p ? 1.0 : 2.0) / p);
            for (var x = 0; x < p; x++)
            {
                // The angle is reduced as an integer, so that equal angles have equal values.
                var (sine, cosine) = Math.SinCos(2 * Math.PI * ((long)k * x % p) / p);
                _rows[(f * p) + x] = scale * (f % 2 == 1 || k == 0 ? cosine : sine);
            }
        }
    }

    /// <summary>p.</summary>
    public int Symbols { get; }

    /// <summary>Frequencies with both a cosine and a sine: ⌊(p − 1)/2⌋.</summary>
    public int Frequencies => (Symbols - 1) / 2;

    /// <summary>Basis function <paramref name="row"/> at 0..p−1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The row is outside 0..p−1.</exception>
    public ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * Symbols, Symbols);

    /// <summary>‖F_f W‖ for each row f of the basis: [p] (Nanda et al. 2023).</summary>
    /// <param name="matrix">W [p, columns], row-major.</param>
    /// <param name="columns">At least 1.</param>
    /// <exception cref="ArgumentException">The length is not p · columns.</exception>
    public double[] Norms(ReadOnlySpan<float> matrix, int columns)
    {
        if (matrix.Length != Symbols * columns) throw new ArgumentException($"{matrix.Length} entries are not a {Symbols} x {columns} matrix", nameof(matrix));
        var norms = new double[Symbols];
        var projection = new double[columns];
        for (var f = 0; f < Symbols; f++)
        {
            Array.Clear(projection);
            for (var x = 0; x < Symbols; x++) DenseVectors.AddScaled(Row(f)[x], matrix.Slice(x * columns, columns), projection);
            norms[f] = Math.Sqrt(DenseVectors.Dot(projection, projection));
        }

        return norms;
    }
}
