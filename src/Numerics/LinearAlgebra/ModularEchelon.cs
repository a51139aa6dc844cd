namespace Goldilocks.Numerics.LinearAlgebra;

/// <summary>Row echelon form over the integers modulo a prime below 2^31, grown row by row.</summary>
internal sealed class ModularEchelon(int columns, uint prime)
{
    private readonly uint[] _basis = new uint[columns * columns];
    private readonly int[] _pivots = new int[columns];
    private readonly uint[] _work = new uint[columns];

    public int Rank { get; private set; }

    public uint Prime => prime;

    /// <summary>The pivot columns in insertion order; length <see cref="Rank"/>.</summary>
    public ReadOnlySpan<int> Pivots => _pivots.AsSpan(0, Rank);

    public void Clear() => Rank = 0;

    /// <summary>Adds a row; true when it was independent of the rows before.</summary>
    public bool Add(ReadOnlySpan<int> row)
    {
        var pivot = Reduce(row);
        if (pivot < 0) return false;
        var inverse = Inverse(_work[pivot]);
        var target = _basis.AsSpan(Rank * columns, columns);
        for (var k = 0; k < columns; k++) target[k] = (uint)((ulong)_work[k] * inverse % prime);
        _pivots[Rank++] = pivot;
        return true;
    }

    public bool Contains(ReadOnlySpan<int> row) => Reduce(row) < 0;

    /// <summary>The unique representative of the row's coset that is zero in every pivot column.</summary>
    public ReadOnlySpan<uint> Residual(ReadOnlySpan<int> row)
    {
        Reduce(row);
        return _work;
    }

    /// <summary>Leaves the residual in <see cref="_work"/>; returns its first non-zero column, or -1.</summary>
    private int Reduce(ReadOnlySpan<int> row)
    {
        for (var k = 0; k < columns; k++)
        {
            var entry = row[k] % (long)prime;
            _work[k] = (uint)(entry < 0 ? entry + prime : entry);
        }

        // A basis row is zero in the pivots before its own, so one pass in insertion order clears every pivot column.
        for (var r = 0; r < Rank; r++)
        {
            var factor = _work[_pivots[r]];
            if (factor == 0) continue;
            ulong negative = prime - factor;
            var source = _basis.AsSpan(r * columns, columns);
            for (var k = 0; k < source.Length; k++)
            {
                if (source[k] != 0) _work[k] = (uint)((_work[k] + (negative * source[k])) % prime);
            }
        }

        return _work.AsSpan().IndexOfAnyExcept(0u);
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
