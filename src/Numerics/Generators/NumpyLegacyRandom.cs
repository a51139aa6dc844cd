namespace Goldilocks.Numerics.Generators;

/// <summary>
/// NumPy's legacy generator (<c>np.random.seed</c>, <c>RandomState</c>): the same numbers in the same order as the reference runs drew them.
/// </summary>
public sealed class NumpyLegacyRandom(uint seed)
{
    private readonly MersenneTwister _source = new(seed);
    private double _cachedNormal;
    private bool _hasCachedNormal;

    /// <summary><c>random_sample()</c>: 53 random bits in [0, 1), from two 32-bit outputs.</summary>
    public double NextDouble()
    {
        var high = _source.NextUInt32() >> 5;
        var low = _source.NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>
    /// <c>normal(0, 1)</c> by Marsaglia's polar method: the pair's second value is returned first, its first value is kept for the next call.
    /// </summary>
    public double NextNormal()
    {
        if (_hasCachedNormal)
        {
            _hasCachedNormal = false;
            return _cachedNormal;
        }

        double x1, x2, squared;
        do
        {
            x1 = (2.0 * NextDouble()) - 1.0;
            x2 = (2.0 * NextDouble()) - 1.0;
            squared = (x1 * x1) + (x2 * x2);
        }
        while (squared is >= 1.0 or 0.0);

        var scale = Math.Sqrt(-2.0 * Math.Log(squared) / squared);
        _cachedNormal = scale * x1;
        _hasCachedNormal = true;
        return scale * x2;
    }

    /// <summary>Fills <paramref name="destination"/> with <see cref="NextNormal"/> in order.</summary>
    public void FillNormal(Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = NextNormal();
    }

    /// <summary><c>permutation(n)</c>: Fisher-Yates from the last index down. Length <paramref name="count"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var order = new int[count];
        Permutation(order);
        return order;
    }

    /// <summary>As <see cref="Permutation(int)"/>, into a buffer the caller owns (all of it is overwritten).</summary>
    public void Permutation(Span<int> order)
    {
        for (var i = 0; i < order.Length; i++) order[i] = i;
        for (var i = order.Length - 1; i > 0; i--)
        {
            var j = (int)NextIndex((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }
    }

    /// <summary><c>choice(count, taken, replace=False)</c>: the first <paramref name="taken"/> entries of a whole permutation.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="taken"/> is outside 0..count.</exception>
    public int[] Choice(int count, int taken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(taken);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taken, count);
        return Permutation(count)[..taken];
    }

    /// <summary>An index in 0..<paramref name="maximum"/> inclusive: 32-bit outputs under a mask, those too large rejected.</summary>
    private uint NextIndex(uint maximum)
    {
        var mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(maximum);
        uint value;
        do value = _source.NextUInt32() & mask;
        while (value > maximum);
        return value;
    }
}
