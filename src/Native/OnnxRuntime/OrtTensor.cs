using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>A dense tensor in row-major order, for the convenient form of <see cref="OrtSession.Run"/>.</summary>
public sealed class OrtTensor
{
    internal OrtTensor(OrtElementType type, Array data, IReadOnlyList<long> shape) => (Type, Data, Shape) = (type, data, shape);

    public OrtElementType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    /// <summary>The values: an array of float, double, long, int, byte or bool.</summary>
    public Array Data { get; }

    /// <summary>The values as 32-bit numbers, without a copy.</summary>
    /// <exception cref="GoldilocksException">The tensor holds another type.</exception>
    public float[] Floats => Data as float[] ?? throw new GoldilocksException($"the tensor holds {Type}, not {OrtElementType.Float32}");

    /// <summary>The values as 64-bit integers, without a copy.</summary>
    /// <exception cref="GoldilocksException">The tensor holds another type.</exception>
    public long[] Integers => Data as long[] ?? throw new GoldilocksException($"the tensor holds {Type}, not {OrtElementType.Int64}");

    /// <summary>Wraps an array.</summary>
    /// <typeparam name="T">float, double, long, int, byte or bool.</typeparam>
    /// <exception cref="ArgumentException">The shape has another number of elements.</exception>
    public static OrtTensor Of<T>(T[] data, params long[] shape)
        where T : unmanaged
    {
        OrtShape.Check(shape, data.Length);
        return new(OrtElementTypes.Of(typeof(T)), data, shape);
    }
}
