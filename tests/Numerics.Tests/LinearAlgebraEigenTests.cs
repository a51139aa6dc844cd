using Goldilocks.Numerics.Generators;
using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Numerics.Tests;

public class LinearAlgebraEigenTests
{
    [Fact]
    public void The_path_graph_has_its_textbook_spectrum()
    {
        const int n = 9;
        var laplacian = new double[n * n];
        for (var i = 0; i + 1 < n; i++)
        {
            laplacian[(i * n) + i]++;
            laplacian[((i + 1) * n) + i + 1]++;
            laplacian[(i * n) + i + 1]--;
            laplacian[((i + 1) * n) + i]--;
        }

        var eigen = SymmetricEigen.Of(laplacian, n);
        for (var k = 0; k < n; k++) Assert.Equal(2 - (2 * Math.Cos(Math.PI * k / n)), eigen.Values[k], 1e-13);
    }

    [Fact]
    public void Vectors_are_orthonormal_and_rebuild_the_matrix()
    {
        const int n = 12;
        var random = new CounterRandom(2, RandomStream.MonteCarlo);
        var matrix = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++) matrix[(i * n) + j] = matrix[(j * n) + i] = random.NextNormal();
        }

        var eigen = SymmetricEigen.Of(matrix, n);
        Assert.Equal(eigen.Values.Order(), eigen.Values);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                double rebuilt = 0, dot = 0;
                for (var k = 0; k < n; k++)
                {
                    rebuilt += eigen.Values[k] * eigen.Vectors[(k * n) + i] * eigen.Vectors[(k * n) + j];
                    dot += eigen.Vectors[(i * n) + k] * eigen.Vectors[(j * n) + k];
                }

                Assert.Equal(matrix[(i * n) + j], rebuilt, 1e-12);
                Assert.Equal(i == j ? 1 : 0, dot, 1e-12);
            }
        }
    }

    [Fact]
    public void A_matrix_that_is_not_square_is_refused() => Assert.Throws<ArgumentException>(() => SymmetricEigen.Of(new double[5], 2));
}
