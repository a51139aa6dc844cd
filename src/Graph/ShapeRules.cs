namespace Goldilocks.Graph;

/// <summary>What a shape read from a file must obey before anything is computed with it.</summary>
internal static class ShapeRules
{
    /// <summary>More dimensions than any operator takes.</summary>
    public const int MaximumRank = 32;

    /// <summary>Checks the shape of a tensor and the number of bytes that belong to it.</summary>
    /// <param name="type">A defined type.</param>
    /// <param name="shape">As the file states it.</param>
    /// <param name="byteCount">product(shape) · size(type).</param>
    /// <returns>What is wrong, as the end of a sentence that begins with the tensor's name; null when all is well.</returns>
    public static string? Check(ElementType type, IReadOnlyList<long> shape, out long byteCount)
    {
        byteCount = 0;
        if (shape.Count > MaximumRank) return $"has {shape.Count} dimensions, more than {MaximumRank}";
        Int128 bytes = Tensor.SizeOf(type);
        foreach (var size in shape)
        {
            if (size < 0) return $"has the negative dimension {size}";
            bytes *= size;
            if (bytes > long.MaxValue) return $"has the shape {InputFile.Show(shape)}, whose size overflows";
        }

        byteCount = (long)bytes;
        return null;
    }
}
