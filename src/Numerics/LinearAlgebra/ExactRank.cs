namespace Goldilocks.Numerics.LinearAlgebra;

/// <summary>
/// The rank over the rationals of an integer matrix that grows row by row. Exact: elimination runs modulo several primes whose
/// product exceeds Hadamard's bound on every minor, so a non-zero minor survives modulo at least one of them, and the largest of the
/// modular ranks is the rank. Nothing is rounded and no tolerance decides.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
public sealed class ExactRank
{
    private readonly ModularEchelon[] _echelons;
    private readonly long _maximumSquaredNorm;

    /// <summary>An empty matrix.</summary>
    /// <param name="columns">Number of columns, at least 1.</param>
    /// <param name="maximumSquaredNorm">The largest sum of squares of a row that will be added or asked about.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value is not positive.</exception>
    public ExactRank(int columns, long maximumSquaredNorm)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximumSquaredNorm);
        Columns = columns;
        _maximumSquaredNorm = maximumSquaredNorm;

        // |minor| <= norm^columns. One bit of slack covers the rounding of the logarithm.
        var bits = (columns * Math.Log2(maximumSquaredNorm) / 2) + 1;
        var primes = WordPrimes.Largest(1 + (int)(bits / WordPrimes.BitsEach));
        _echelons = new ModularEchelon[primes.Length];
        for (var i = 0; i < _echelons.Length; i++) _echelons[i] = new ModularEchelon(columns, primes[i]);
    }

    /// <summary>Number of columns.</summary>
    public int Columns { get; }

    /// <summary>Rank of the rows added so far.</summary>
    public int Rank { get; private set; }

    /// <summary>Dimension of the null space: columns minus rank.</summary>
    public int Nullity => Columns - Rank;

    /// <summary>The rank of a whole row-major matrix.</summary>
    /// <exception cref="ArgumentException">The length is no multiple of <paramref name="columns"/>.</exception>
    public static int Of(ReadOnlySpan<int> matrix, int columns)
    {
        if (columns < 1 || matrix.Length % columns != 0) throw new ArgumentException($"{matrix.Length} entries do not fill rows of {columns}", nameof(matrix));
        long largest = 1;
        for (var i = 0; i < matrix.Length; i += columns) largest = Math.Max(largest, SquaredNorm(matrix.Slice(i, columns)));
        var rank = new ExactRank(columns, largest);
        for (var i = 0; i < matrix.Length; i += columns) rank.Add(matrix.Slice(i, columns));
        return rank.Rank;
    }

    /// <summary>Forgets all rows.</summary>
    public void Clear()
    {
        foreach (var echelon in _echelons) echelon.Clear();
        Rank = 0;
    }

    /// <summary>Adds a row.</summary>
    /// <returns>True when the rank grew.</returns>
    /// <exception cref="ArgumentException">Wrong length, or a norm above the declared maximum.</exception>
    public bool Add(ReadOnlySpan<int> row)
    {
        Check(row);
        var before = Rank;
        foreach (var echelon in _echelons)
        {
            echelon.Add(row);
            Rank = Math.Max(Rank, echelon.Rank);
        }

        return Rank > before;
    }

    /// <summary>Whether adding the row would leave the rank unchanged, that is, whether the rows so far imply it.</summary>
    /// <exception cref="ArgumentException">Wrong length, or a norm above the declared maximum.</exception>
    public bool Contains(ReadOnlySpan<int> row)
    {
        Check(row);
        foreach (var echelon in _echelons)
        {
            // Only a prime that shows the true rank can testify; if the row is new, one of those sees it.
            if (echelon.Rank == Rank && !echelon.Contains(row)) return false;
        }

        return true;
    }

    /// <summary>The quotient of Z^columns by the row space: decides many rows at once by linearity.</summary>
    public RowSpaceQuotient ToQuotient() => new(Columns, Rank, _echelons);

    private void Check(ReadOnlySpan<int> row)
    {
        if (row.Length != Columns) throw new ArgumentException($"a row has {Columns} entries, not {row.Length}", nameof(row));
        if (SquaredNorm(row) > _maximumSquaredNorm) throw new ArgumentException($"the row's squared norm exceeds {_maximumSquaredNorm}", nameof(row));
    }

    private static long SquaredNorm(ReadOnlySpan<int> row)
    {
        long sum = 0;
        foreach (var entry in row) sum = checked(sum + ((long)entry * entry));
        return sum;
    }
}
