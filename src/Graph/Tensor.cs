using System.Runtime.InteropServices;

namespace Goldilocks.Graph;

/// <summary>A dense constant: row-major little-endian bytes with a type and a shape. Value equality is by content of neither; compare spans.</summary>
public sealed class Tensor
{
    /// <param name="type">Element type.</param>
    /// <param name="shape">Dimensions, outermost first; empty for a scalar.</param>
    /// <param name="data">Exactly <c>product(shape) · size(type)</c> bytes.</param>
    /// <exception cref="ArgumentException">The byte count does not match.</exception>
    public Tensor(ElementType type, IReadOnlyList<long> shape, ReadOnlyMemory<byte> data)
    {
        Type = type;
        Shape = shape;
        Data = data;
        var expected = checked(Count * SizeOf(type));
        if (data.Length != expected)
            throw new ArgumentException($"A {type} tensor of shape [{string.Join(",", shape)}] has {expected} bytes, not {data.Length}.", nameof(data));
    }

    public ElementType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public ReadOnlyMemory<byte> Data { get; }

    /// <summary>Number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, size) => checked(product * size));

    public static Tensor Of(ReadOnlySpan<float> values, params long[] shape) => new(ElementType.Float32, shape, MemoryMarshal.AsBytes(values).ToArray());

    public static Tensor Of(ReadOnlySpan<long> values, params long[] shape) => new(ElementType.Int64, shape, MemoryMarshal.AsBytes(values).ToArray());

    /// <summary>
    /// Whether an initializer is a parameter that every checkpoint holds: floating point, under a state-dict name such as
    /// <c>decoder.0.weight</c>. Constants of our graphs have names without a dot.
    /// </summary>
    public static bool IsParameter(string name, Tensor tensor) =>
        name.Contains('.', StringComparison.Ordinal)
        && tensor.Type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16 or ElementType.BFloat16;

    /// <summary>Bytes of one element.</summary>
    public static int SizeOf(ElementType type) => type switch
    {
        ElementType.Float32 or ElementType.Int32 or ElementType.UInt32 => 4,
        ElementType.Int64 or ElementType.UInt64 or ElementType.Float64 => 8,
        ElementType.Float16 or ElementType.BFloat16 or ElementType.Int16 or ElementType.UInt16 => 2,
        ElementType.Bool or ElementType.Int8 or ElementType.UInt8 => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Unsupported element type."),
    };

    /// <exception cref="InvalidOperationException">The tensor is not Float32.</exception>
    public ReadOnlySpan<float> AsFloats() => Type == ElementType.Float32
        ? MemoryMarshal.Cast<byte, float>(Data.Span)
        : throw new InvalidOperationException($"The tensor is {Type}, not Float32.");

    /// <exception cref="InvalidOperationException">The tensor is not Int64.</exception>
    public ReadOnlySpan<long> AsInt64s() => Type == ElementType.Int64
        ? MemoryMarshal.Cast<byte, long>(Data.Span)
        : throw new InvalidOperationException($"The tensor is {Type}, not Int64.");
}
