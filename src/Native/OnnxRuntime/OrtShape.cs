namespace Goldilocks.Native;

/// <summary>Guards for shapes that callers give.</summary>
internal static class OrtShape
{
    /// <exception cref="ArgumentException">A negative extent, or another number of elements than <paramref name="length"/>.</exception>
    public static void Check(ReadOnlySpan<long> shape, int length)
    {
        long elements = 1;
        foreach (var extent in shape)
        {
            if (extent < 0) throw new ArgumentException($"shape [{string.Join(",", shape.ToArray())}] has a negative extent", nameof(shape));
            elements = checked(elements * extent);
        }

        if (elements != length) throw new ArgumentException($"shape [{string.Join(",", shape.ToArray())}] has {elements} elements, the memory {length}", nameof(shape));
    }
}
