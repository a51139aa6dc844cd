using System.Numerics;

namespace Goldilocks.Theory;

/// <summary>The matrix XᵀX of the normal equations, in double precision.</summary>
internal static class NormalMatrix
{
    /// <summary>Rows of X that are added at once: each entry of XᵀX is then read and written once for all of them.</summary>
    private const int Rows = 4;

    /// <summary>XᵀX [columns, columns].</summary>
    /// <param name="matrix">X [rows, columns], row-major.</param>
    /// <param name="columns">At least 1.</param>
    public static double[] Of(ReadOnlySpan<double> matrix, int columns)
    {
        var products = new double[columns * columns];
        var block = Rows * columns;
        var whole = matrix.Length / block * block;
        for (var start = 0; start < whole; start += block) AddBlock(matrix.Slice(start, block), columns, products);
        for (var start = whole; start < matrix.Length; start += columns)
        {
            var x = matrix.Slice(start, columns);
            for (var i = 0; i < columns; i++) DenseVectors.AddScaled(x[i], x[i..], products.AsSpan((i * columns) + i));
        }

        for (var i = 0; i < columns; i++)
            for (var j = 0; j < i; j++) products[(i * columns) + j] = products[(j * columns) + i];
        return products;
    }

    /// <summary>The upper triangle of four rows' products.</summary>
    private static void AddBlock(ReadOnlySpan<double> block, int columns, double[] products)
    {
        var x0 = block[..columns];
        var x1 = block.Slice(columns, columns);
        var x2 = block.Slice(2 * columns, columns);
        var x3 = block[(3 * columns)..];
        for (var i = 0; i < columns; i++)
        {
            var (a0, a1, a2, a3) = (new Vector<double>(x0[i]), new Vector<double>(x1[i]), new Vector<double>(x2[i]), new Vector<double>(x3[i]));
            var row = products.AsSpan(i * columns, columns);
            var j = i;
            for (; j <= columns - Vector<double>.Count; j += Vector<double>.Count)
            {
                var sum = new Vector<double>(row[j..]) + (a0 * new Vector<double>(x0[j..])) + (a1 * new Vector<double>(x1[j..]));
                (sum + (a2 * new Vector<double>(x2[j..])) + (a3 * new Vector<double>(x3[j..]))).CopyTo(row[j..]);
            }

            for (; j < columns; j++) row[j] += (x0[i] * x0[j]) + (x1[i] * x1[j]) + (x2[i] * x2[j]) + (x3[i] * x3[j]);
        }
    }
}
