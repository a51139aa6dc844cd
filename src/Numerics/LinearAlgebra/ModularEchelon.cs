namespace Goldilocks.Numerics.LinearAlgebra;

/// <summary>Row echelon form over the integers modulo a prime below 2^31, grown row by row.</summary>
internal sealed class ModularEchelon(int columns, uint prime)
{
    private readonly uint[] basis = new uint[columns * columns];
    private readonly int[] pivots = new int[columns];
    private readonly uint[] work = new uint[columns];

    public int Rank { get; private set; }

    public uint Prime => prime;

    /// <summary>The pivot columns in insertion order; length <see cref="Rank"/>.</summary>
    public ReadOnlySpan<int> Pivots => pivots.AsSpan(0, Rank);

    public void Clear() => Rank = 0;

    /// <summary>Adds a row; true when it was independent of the rows before.</summary>
    public bool Add(ReadOnlySpan<int> row)
    {
        var pivot = Reduce(row);
        if (pivot < 0) return false;
        var inverse = Inverse(work[pivot]);
        var target = basis.AsSpan(Rank * columns, columns);
        for (var k = 0; k < columns; k++) target[k] = (uint)((ulong)work[k] * inverse % prime);
        pivots[Rank++] = pivot;
        return true;
    }

    public bool Contains(ReadOnlySpan<int> row) => Reduce(row) < 0;

    /// <summary>The unique representative of the row's coset that is zero in every pivot column.</summary>
    public ReadOnlySpan<uint> Residual(ReadOnlySpan<int> row)
    {
        Reduce(row);
        return work;
    }

    /// <summary>Leaves the residual in <see cref="work"/>; returns its first non-zero column, or -1.</summary>
    private int Reduce(ReadOnlySpan<int> row)
    {
        for (var k = 0; k < columns; k++)
        {
            var entry = row[k] % (long)prime;
            work[k] = (uint)(entry < 0 ? entry + prime : entry);
        }

        // A basis row is zero in the pivots before its own, so one pass in insertion order clears every pivot column.
        for (var r = 0; r < Rank; r++)
        {
            var factor = work[pivots[r]];
            if (factor == 0) continue;
            ulong negative = prime - factor;
            var source = basis.AsSpan(r * columns, columns);
            for (var k = 0; k < source.Length; k++)
            {
                if (source[k] != 0) work[k] = (uint)((work[k] + (negative * source[k])) % prime);
            }
        }

        return work.AsSpan().IndexOfAnyExcept(0u);
    }

    /// <summary>Extended Euclid.</summary>
    private uint Inverse(uint value)
    {
        long a = value, b = prime, x = 1, y = 0;
        while (b != 0)
        {
            var q = a / b;
            (a, b) = (b, a - (q * b));
            (x, y) = (y, x - (q * y));
        }

        return (uint)(x < 0 ? x + prime : x);
    }
}
