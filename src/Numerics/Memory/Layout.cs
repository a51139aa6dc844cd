namespace Goldilocks.Numerics;

/// <summary>
/// How matrices lie in memory: row-major, 64-byte aligned, each row padded with zeros to whole cache lines (16 floats). Padding belongs to
/// the layout: kernels read and write it, and every operation keeps it zero.
/// </summary>
public static class Layout
{
    /// <summary>Floats in a cache line and in the widest vector.</summary>
    public const int Lanes = 16;

    /// <summary>Alignment of rows in bytes.</summary>
    public const int Alignment = 64;

    /// <summary>Rows whose stride is a multiple of 4 KiB fall into the same cache sets.</summary>
    private const int ConflictStride = 4096 / sizeof(float);

    /// <summary>Floats from one row to the next for rows of <paramref name="columns"/> values.</summary>
    public static int Stride(int columns)
    {
        var padded = Pad(columns);
        return padded % ConflictStride == 0 ? padded + Lanes : padded;
    }

    /// <summary><paramref name="count"/> rounded up to whole cache lines.</summary>
    public static int Pad(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>
    /// The first aligned float at or behind <paramref name="start"/>, less than <see cref="Lanes"/> floats away: a vector stored across two
    /// cache lines is slow to read back, and the stack is aligned to 16 bytes only.
    /// </summary>
    internal static unsafe float* Align(float* start) => (float*)(((nuint)start + Alignment - 1) & ~(nuint)(Alignment - 1));
}
