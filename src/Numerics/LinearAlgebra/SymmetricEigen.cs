using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Goldilocks.Numerics.LinearAlgebra;

/// <summary>Eigen-decomposition of a real symmetric matrix, through MathNet's managed solver.</summary>
public sealed class SymmetricEigen
{
    private SymmetricEigen(double[] values, double[] vectors)
    {
        Values = values;
        Vectors = vectors;
    }

    /// <summary>Eigenvalues in ascending order.</summary>
    public double[] Values { get; }

    /// <summary>Orthonormal eigenvectors: entry [k · n + i] is component i of the k-th.</summary>
    public double[] Vectors { get; }

    /// <summary>Decomposes a matrix of size n × n.</summary>
    /// <param name="matrix">Row-major, n · n entries; only symmetric matrices make sense here.</param>
    /// <param name="size">n, at least 1.</param>
    /// <exception cref="ArgumentException">The length is not n².</exception>
    public static SymmetricEigen Of(ReadOnlySpan<double> matrix, int size)
    {
        if (size < 1 || matrix.Length != size * size) throw new ArgumentException($"{matrix.Length} entries are not a {size} x {size} matrix", nameof(matrix));
        var evd = new DenseMatrix(size, size, matrix.ToArray()).Evd(Symmetricity.Symmetric);
        var order = new int[size];
        var values = new double[size];
        for (var k = 0; k < size; k++)
        {
            order[k] = k;
            values[k] = evd.EigenValues[k].Real;
        }

        Array.Sort(values, order);
        var vectors = new double[size * size];
        for (var k = 0; k < size; k++)
        {
            for (var i = 0; i < size; i++) vectors[(k * size) + i] = evd.EigenVectors[i, order[k]];
        }

        return new SymmetricEigen(values, vectors);
    }
}
