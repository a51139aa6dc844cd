using System.Numerics;
using Goldilocks.Numerics.Generators;
using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Numerics.Tests;

public class LinearAlgebraRankTests
{
    [Fact]
    public void Rank_agrees_with_rational_elimination_on_ten_thousand_random_matrices()
    {
        var random = new CounterRandom(11, RandomStream.MonteCarlo);
        for (var trial = 0; trial < 10_000; trial++)
        {
            var (rows, columns) = (1 + random.NextInt32(12), 1 + random.NextInt32(11));
            var matrix = new int[rows * columns];
            var sparse = random.NextInt32(4);
            for (var i = 0; i < matrix.Length; i++) matrix[i] = random.NextInt32(4) < sparse ? 0 : random.NextInt32(5) - 2;
            Assert.Equal(ByFractionFreeElimination(matrix, columns), ExactRank.Of(matrix, columns));
        }
    }

    [Fact]
    public void Growing_rank_and_containment_agree_with_whole_ranks()
    {
        var random = new CounterRandom(12, RandomStream.MonteCarlo);
        for (var trial = 0; trial < 300; trial++)
        {
            const int columns = 8;
            var grown = new ExactRank(columns, 32);
            var matrix = new List<int>();
            for (var r = 0; r < 10; r++)
            {
                var row = new int[columns];
                for (var k = 0; k < columns; k++) row[k] = random.NextInt32(2) == 0 ? 0 : random.NextInt32(5) - 2;
                var implied = grown.Contains(row);
                Assert.Equal(implied, VanishesIn(grown.ToQuotient(), row));
                var before = grown.Rank;
                Assert.Equal(!implied, grown.Add(row));
                matrix.AddRange(row);
                Assert.Equal(before + (implied ? 0 : 1), grown.Rank);
                Assert.Equal(ByFractionFreeElimination([.. matrix], columns), grown.Rank);
                Assert.Equal(columns - grown.Rank, grown.Nullity);
            }

            grown.Clear();
            Assert.Equal(0, grown.Rank);
        }
    }

    [Fact]
    public void Entries_that_are_multiples_of_the_largest_modulus_are_not_mistaken_for_zero()
    {
        // Modulo 2^31 - 1 this matrix is zero; the certificate calls for more primes.
        Assert.Equal(1, ExactRank.Of([int.MaxValue, 0, 0, 0], 2));
        Assert.Equal(2, ExactRank.Of([int.MaxValue, 0, 0, int.MaxValue], 2));
        var rank = new ExactRank(2, (long)int.MaxValue * int.MaxValue);
        Assert.True(rank.Add([int.MaxValue, 0]));
        Assert.True(rank.Contains([1, 0]));
        Assert.False(rank.Contains([0, int.MaxValue]));
        Assert.True(VanishesIn(rank.ToQuotient(), [1, 0]));
        Assert.False(VanishesIn(rank.ToQuotient(), [0, int.MaxValue]));
    }

    [Fact]
    public void A_large_singular_matrix_needs_several_primes_and_stays_exact()
    {
        const int n = 60;
        var random = new CounterRandom(13, RandomStream.MonteCarlo);
        var matrix = new int[n * n];
        for (var i = 0; i < (n - 5) * n; i++) matrix[i] = random.NextInt32(7) - 3;
        for (var r = n - 5; r < n; r++)
        {
            for (var k = 0; k < n; k++) matrix[(r * n) + k] = matrix[((r - 10) * n) + k] - matrix[((r - 20) * n) + k];
        }

        Assert.Equal(n - 5, ExactRank.Of(matrix, n));
        Assert.Equal(n - 5, ByFractionFreeElimination(matrix, n));
    }

    [Fact]
    public void Wrong_rows_are_refused()
    {
        var rank = new ExactRank(3, 6);
        Assert.Throws<ArgumentException>(() => rank.Add([1, 2]));
        Assert.Throws<ArgumentException>(() => rank.Add([2, 2, 0]));
        Assert.Throws<ArgumentException>(() => ExactRank.Of([1, 2, 3], 2));
    }

    private static bool VanishesIn(RowSpaceQuotient quotient, int[] row)
    {
        for (var k = 0; k < quotient.Width; k++)
        {
            var sum = BigInteger.Zero;
            for (var i = 0; i < row.Length; i++) sum += (BigInteger)row[i] * quotient.Image(i)[k];
            if (sum % quotient.Moduli[k] != 0) return false;
        }

        return true;
    }

    /// <summary>The second method: Bareiss' elimination over the integers, without moduli.</summary>
    private static int ByFractionFreeElimination(int[] matrix, int columns)
    {
        var a = Array.ConvertAll(matrix, entry => (BigInteger)entry);
        var rows = matrix.Length / columns;
        var previous = BigInteger.One;
        var rank = 0;
        for (var c = 0; c < columns && rank < rows; c++)
        {
            var pivotRow = Enumerable.Range(rank, rows - rank).FirstOrDefault(r => !a[(r * columns) + c].IsZero, -1);
            if (pivotRow < 0) continue;
            for (var k = 0; k < columns; k++) (a[(rank * columns) + k], a[(pivotRow * columns) + k]) = (a[(pivotRow * columns) + k], a[(rank * columns) + k]);
            var pivot = a[(rank * columns) + c];
            for (var r = rank + 1; r < rows; r++)
            {
                var factor = a[(r * columns) + c];
                for (var k = c; k < columns; k++) a[(r * columns) + k] = ((pivot * a[(r * columns) + k]) - (factor * a[(rank * columns) + k])) / previous;
            }

            previous = pivot;
            rank++;
        }

        return rank;
    }
}
