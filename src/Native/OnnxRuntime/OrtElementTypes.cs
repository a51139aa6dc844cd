namespace Goldilocks.Native;

/// <summary>Which .NET type stands for which element type.</summary>
internal static class OrtElementTypes
{
    /// <exception cref="NotSupportedException">ONNX Runtime has no tensor of such elements here.</exception>
    public static OrtElementType Of(Type type) =>
        type == typeof(float) ? OrtElementType.Float32
        : type == typeof(double) ? OrtElementType.Float64
        : type == typeof(long) ? OrtElementType.Int64
        : type == typeof(int) ? OrtElementType.Int32
        : type == typeof(byte) ? OrtElementType.UInt8
        : type == typeof(bool) ? OrtElementType.Boolean
        : throw new NotSupportedException($"tensors hold float, double, long, int, byte or bool, not {type.Name}");

    /// <summary>An empty array for values of a type, or null when it has no .NET twin here.</summary>
    public static Array? Allocate(OrtElementType type, int length) => type switch
    {
        OrtElementType.Float32 => new float[length],
        OrtElementType.Float64 => new double[length],
        OrtElementType.Int64 => new long[length],
        OrtElementType.Int32 => new int[length],
        OrtElementType.UInt8 => new byte[length],
        OrtElementType.Boolean => new bool[length],
        _ => null,
    };
}
