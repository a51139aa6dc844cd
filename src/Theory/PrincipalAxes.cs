using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Theory;

/// <summary>The principal axes of an embedding, and embeddings seen along them (§4.2, appendix K). Immutable.</summary>
public sealed class PrincipalAxes
{
    private readonly double[][] _axes;

    private PrincipalAxes(double[][] axes, double[] fractions, int dimension) => (_axes, Fractions, Dimension) = (axes, fractions, dimension);

    /// <summary>Number of axes: min(P − 1, D), and fewer where there is no variance.</summary>
    public int Count => _axes.Length;

    /// <summary>D.</summary>
    public int Dimension { get; }

    /// <summary>Explained-variance fraction of each axis, largest first.</summary>
    public IReadOnlyList<double> Fractions { get; }

    /// <summary>Orthonormal axes of the centred embedding, by falling variance; the largest entry of each is positive, so that equal embeddings have equal axes.</summary>
    /// <param name="embedding">E [P, D], row-major, finite.</param>
    /// <param name="symbols">P.</param>
    /// <exception cref="ArgumentException">The length is no positive multiple of P.</exception>
    public static PrincipalAxes Of(ReadOnlySpan<float> embedding, int symbols)
    {
        var dimension = NormalisedEmbedding.DimensionOf(embedding.Length, symbols);
        var centred = Centre(embedding, symbols, dimension);

        // The covariance [D, D] and the Gram matrix [P, P] have the same non-zero eigenvalues; an eigenvector u of the latter gives the axis Eᵀu.
        var byDimension = dimension <= symbols;
        var size = byDimension ? dimension : symbols;
        var eigen = SymmetricEigen.Of(Products(centred, symbols, dimension, byDimension), size);
        var total = eigen.Values.Sum(value => Math.Max(value, 0));
        var (axes, fractions) = (new List<double[]>(), new List<double>());
        for (var k = size - 1; k >= 0 && axes.Count < Math.Min(symbols - 1, dimension); k--)
        {
            if (!(eigen.Values[k] > 1e-12 * total)) break;
            var vector = eigen.Vectors.AsSpan(k * size, size);
            axes.Add(Orient(byDimension ? vector.ToArray() : Combine(centred, vector, dimension, Math.Sqrt(eigen.Values[k]))));
            fractions.Add(eigen.Values[k] / total);
        }

        return new PrincipalAxes([.. axes], [.. fractions], dimension);
    }

    /// <summary>Coordinates of an embedding, centred at its own mean, along the first axes: [P, count], row-major.</summary>
    /// <param name="embedding">E [P, D], of the same D.</param>
    /// <param name="count">At most <see cref="Count"/>.</param>
    public double[] Project(ReadOnlySpan<float> embedding, int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Count);
        var symbols = embedding.Length / Dimension;
        var centred = Centre(embedding, symbols, Dimension);
        var coordinates = new double[symbols * count];
        for (var s = 0; s < symbols; s++)
            for (var k = 0; k < count; k++) coordinates[(s * count) + k] = Dot(centred.AsSpan(s * Dimension, Dimension), _axes[k]);
        return coordinates;
    }

    /// <summary>The embedding without what lies outside the first axes: its mean and its projection, [P, D].</summary>
    /// <param name="embedding">E [P, D], of the same D.</param>
    /// <param name="count">At most <see cref="Count"/>.</param>
    public float[] Reconstruct(ReadOnlySpan<float> embedding, int count)
    {
        var coordinates = Project(embedding, count);
        var symbols = embedding.Length / Dimension;
        var centred = Centre(embedding, symbols, Dimension);
        var result = new float[embedding.Length];
        for (var s = 0; s < symbols; s++)
        {
            for (var d = 0; d < Dimension; d++)
            {
                var value = embedding[(s * Dimension) + d] - centred[(s * Dimension) + d];
                for (var k = 0; k < count; k++) value += coordinates[(s * count) + k] * _axes[k][d];
                result[(s * Dimension) + d] = (float)value;
            }
        }

        return result;
    }

    internal static double[] Centre(ReadOnlySpan<float> embedding, int symbols, int dimension)
    {
        var centred = new double[embedding.Length];
        for (var d = 0; d < dimension; d++)
        {
            double mean = 0;
            for (var s = 0; s < symbols; s++) mean += embedding[(s * dimension) + d];
            mean /= symbols;
            for (var s = 0; s < symbols; s++) centred[(s * dimension) + d] = embedding[(s * dimension) + d] - mean;
        }

        return centred;
    }

    /// <summary>EᵀE [D, D] or EEᵀ [P, P] of a centred embedding.</summary>
    internal static double[] Products(double[] centred, int symbols, int dimension, bool byDimension)
    {
        var size = byDimension ? dimension : symbols;
        var (outer, inner, terms) = byDimension ? (1, dimension, symbols) : (dimension, 1, dimension);
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                double sum = 0;
                for (var k = 0; k < terms; k++) sum += centred[(i * outer) + (k * inner)] * centred[(j * outer) + (k * inner)];
                matrix[(i * size) + j] = matrix[(j * size) + i] = sum;
            }
        }

        return matrix;
    }

    private static double[] Combine(double[] centred, ReadOnlySpan<double> weights, int dimension, double length)
    {
        var axis = new double[dimension];
        for (var s = 0; s < weights.Length; s++)
            for (var d = 0; d < dimension; d++) axis[d] += weights[s] * centred[(s * dimension) + d] / length;
        return axis;
    }

    private static double[] Orient(double[] axis) => axis.MaxBy(Math.Abs) < 0 ? [.. axis.Select(value => -value)] : axis;

    private static double Dot(ReadOnlySpan<double> x, double[] y)
    {
        double sum = 0;
        for (var d = 0; d < y.Length; d++) sum += x[d] * y[d];
        return sum;
    }
}
