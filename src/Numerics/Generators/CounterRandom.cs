namespace Goldilocks.Numerics.Generators;

/// <summary>
/// The laboratory's own generator: Philox4x32-10 keyed by (seed, stream), read word by word from a position. The triple
/// (seed, stream, position) is its whole state, so any draw can be reached directly and streams never overlap.
/// </summary>
/// <remarks>Each stream has 2^66 words of 32 bits. Not thread-safe; make one instance per thread.</remarks>
public sealed class CounterRandom
{
    private readonly ulong _seed;
    private ulong _stream;
    private (uint X0, uint X1, uint X2, uint X3) _block;
    private ulong _position;

    /// <summary>A generator of <paramref name="stream"/> at position zero.</summary>
    /// <param name="seed">The run's seed; the whole 64 bits count.</param>
    /// <param name="stream">The purpose of the draws.</param>
    /// <param name="substream">A further index, such as a step, a replica or a task; 0..2^32-1.</param>
    public CounterRandom(ulong seed, RandomStream stream, uint substream = 0)
    {
        _seed = seed;
        _stream = ((ulong)substream << 32) | (uint)stream;
    }

    /// <summary>The further index; setting it goes to its position zero, as a new generator would, without an allocation.</summary>
    public uint Substream
    {
        get => (uint)(_stream >> 32);
        set => (_stream, _position) = (((ulong)value << 32) | (uint)_stream, 0);
    }

    /// <summary>Number of 32-bit words consumed so far; set it to continue from there.</summary>
    public ulong Position
    {
        get => _position;
        set
        {
            _position = value;
            if ((value & 3) != 0) Load();
        }
    }

    /// <summary>The next 32 random bits.</summary>
    public uint NextUInt32()
    {
        if ((_position & 3) == 0) Load();
        return (_position++ & 3) switch
        {
            0 => _block.X0,
            1 => _block.X1,
            2 => _block.X2,
            _ => _block.X3,
        };
    }

    /// <summary>The next 64 random bits (two words, the first one low).</summary>
    public ulong NextUInt64() => NextUInt32() | ((ulong)NextUInt32() << 32);

    /// <summary>Uniform in [0, 1) with 24 random bits. One word.</summary>
    public float NextSingle() => (NextUInt32() >> 8) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1) with 53 random bits. Two words.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>), up to rounding. One word.</summary>
    public float NextUniform(float low, float high) => (NextSingle() * (high - low)) + low;

    /// <summary>Standard normal by Box-Muller, the cosine half only, so that nothing is cached between calls. Four words.</summary>
    public double NextNormal()
    {
        var radius = Math.Sqrt(-2.0 * Math.Log(1.0 - NextDouble()));
        return radius * Math.Cos(2.0 * Math.PI * NextDouble());
    }

    /// <summary>Uniform in 0..<paramref name="bound"/>-1 without bias (Lemire 2019: multiply, reject the short remainder).</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bound"/> is not positive.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        var range = (uint)bound;
        var product = (ulong)NextUInt32() * range;
        if ((uint)product < range)
        {
            var threshold = (0u - range) % range;
            while ((uint)product < threshold) product = (ulong)NextUInt32() * range;
        }

        return (int)(product >> 32);
    }

    /// <summary>Fills with uniforms in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public void FillUniform(Span<float> destination, float low, float high)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = NextUniform(low, high);
    }

    /// <summary>Fills with standard normals.</summary>
    public void FillNormal(Span<double> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = NextNormal();
    }

    /// <summary>Shuffles in place, every order equally likely (Fisher-Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = NextInt32(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary><paramref name="taken"/> distinct numbers of 0..<paramref name="count"/>-1 in draw order.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="taken"/> is outside 0..count.</exception>
    public int[] Choice(int count, int taken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(taken);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taken, count);
        var pool = new int[count];
        for (var i = 0; i < count; i++) pool[i] = i;
        ChooseFront<int>(pool, taken);
        return pool[..taken];
    }

    /// <summary>
    /// Moves <paramref name="taken"/> randomly chosen items to the front, in draw order; the rest keep some order. Whatever the order
    /// before, every choice is equally likely, so a pool can be drawn from again without being reset.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="taken"/> is outside 0..length.</exception>
    public void ChooseFront<T>(Span<T> pool, int taken)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(taken);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(taken, pool.Length);
        for (var i = 0; i < taken; i++)
        {
            var j = i + NextInt32(pool.Length - i);
            (pool[i], pool[j]) = (pool[j], pool[i]);
        }
    }

    private void Load()
    {
        var counter = _position >> 2;
        _block = Philox.Block((uint)counter, (uint)(counter >> 32), (uint)_stream, (uint)(_stream >> 32), (uint)_seed, (uint)(_seed >> 32));
    }
}
