using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>Elementwise kernels over padded matrices. All keep zero padding zero. Nothing is allocated.</summary>
public static unsafe class Elementwise
{
    /// <summary>z = f(z) on <paramref name="count"/> values.</summary>
    public static void Activate(GemmTail function, float* z, long count, InstructionSet set)
    {
        if (function == GemmTail.Tanh) Map<TanhFunction>(z, z, z, count, set);
        else if (function == GemmTail.Relu) Map<ReluFunction>(z, z, z, count, set);
    }

    public static void Add(float* x, float* y, float* z, long count, InstructionSet set) => Map<AddFunction>(x, y, z, count, set);

    /// <summary>z[r, c] = f(z[r, c] + row[c]).</summary>
    /// <param name="z">[rows × stride].</param>
    /// <param name="row">[stride], zero in the padding.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="stride">Floats between rows, a multiple of <see cref="Layout.Lanes"/>.</param>
    /// <param name="function">f; keeps 0 at 0.</param>
    /// <param name="set">Vector width.</param>
    public static void AddRow(float* z, float* row, int rows, int stride, GemmTail function, InstructionSet set)
    {
        for (var r = 0; r < rows; r++, z += stride)
        {
            Add(z, row, z, stride, set);
            Activate(function, z, stride, set);
        }
    }

    public static void Subtract(float* x, float* y, float* z, long count, InstructionSet set) => Map<SubtractFunction>(x, y, z, count, set);

    public static void Multiply(float* x, float* y, float* z, long count, InstructionSet set) => Map<MultiplyFunction>(x, y, z, count, set);

    /// <summary>z = z + x·y.</summary>
    public static void MultiplyAdd(float* x, float* y, float* z, long count, InstructionSet set) => Map<MultiplyAddFunction>(x, y, z, count, set);

    public static void Tanh(float* x, float* z, long count, InstructionSet set) => Map<TanhFunction>(x, x, z, count, set);

    public static void Relu(float* x, float* z, long count, InstructionSet set) => Map<ReluFunction>(x, x, z, count, set);

    /// <summary>eˣ for x ≤ 0.</summary>
    public static void ExpOfNegative(float* x, float* z, long count, InstructionSet set) => Map<ExpOfNegativeFunction>(x, x, z, count, set);

    /// <summary>z = gradient·(1 − y²), y being tanh's result.</summary>
    public static void TanhGradient(float* y, float* gradient, float* z, long count, InstructionSet set) =>
        Map<TanhGradientFunction>(y, gradient, z, count, set);

    /// <summary>z = gradient where y, relu's result, is positive; else 0.</summary>
    public static void ReluGradient(float* y, float* gradient, float* z, long count, InstructionSet set) =>
        Map<ReluGradientFunction>(y, gradient, z, count, set);

    /// <summary>z = x·Φ(x), Φ the normal distribution function (Hendrycks and Gimpel, 2016; ONNX Gelu).</summary>
    /// <param name="x">Argument.</param>
    /// <param name="z">Result; may be x.</param>
    /// <param name="count">Values.</param>
    /// <param name="set">Vector width.</param>
    /// <param name="tanh">Φ by its approximation ½(1 + tanh(√(2/π)(x + 0.044715x³))), else by erf.</param>
    public static void Gelu(float* x, float* z, long count, InstructionSet set, bool tanh)
    {
        if (tanh) Map<GeluTanhFunction>(x, x, z, count, set);
        else Map<GeluFunction>(x, x, z, count, set);
    }

    /// <summary>z = gradient·d(x·Φ(x))/dx, x being what went into <see cref="Gelu"/>.</summary>
    public static void GeluGradient(float* x, float* gradient, float* z, long count, InstructionSet set, bool tanh)
    {
        if (tanh) Map<GeluTanhGradientFunction>(x, gradient, z, count, set);
        else Map<GeluGradientFunction>(x, gradient, z, count, set);
    }

    /// <summary>z = factor·x.</summary>
    public static void Scale(float* x, float factor, float* z, long count, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: Scale<Simd16>(x, factor, z, count); break;
            case InstructionSet.Vector256: Scale<Simd8>(x, factor, z, count); break;
            case InstructionSet.Vector128: Scale<Simd4>(x, factor, z, count); break;
            default: Scale<Simd1>(x, factor, z, count); break;
        }
    }

    private static void Map<TFunction>(float* x, float* y, float* z, long count, InstructionSet set)
        where TFunction : struct, IElementwise
    {
        switch (set)
        {
            case InstructionSet.Vector512: Loop<TFunction, Simd16>(x, y, z, count); break;
            case InstructionSet.Vector256: Loop<TFunction, Simd8>(x, y, z, count); break;
            case InstructionSet.Vector128: Loop<TFunction, Simd4>(x, y, z, count); break;
            default: Loop<TFunction, Simd1>(x, y, z, count); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<V>(float* x, float factor, float* z, long count)
        where V : unmanaged, ISimd<V>
    {
        var factors = V.Broadcast(factor);
        for (long i = 0; i < count; i += V.Lanes) (V.Load(x + i) * factors).Store(z + i);
    }

    /// <remarks>Counts of padded rows are multiples of 16; columns of a tile panel are multiples of the width.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Loop<TFunction, V>(float* x, float* y, float* z, long count)
        where TFunction : struct, IElementwise
        where V : unmanaged, ISimd<V>
    {
        for (long i = 0; i < count; i += V.Lanes) TFunction.Apply(V.Load(x + i), V.Load(y + i), V.Load(z + i)).Store(z + i);
    }

    private struct AddFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => x + y;
    }

    private struct SubtractFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => x - y;
    }

    private struct MultiplyFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => x * y;
    }

    private struct MultiplyAddFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => V.FusedMultiplyAdd(x, y, z);
    }

    private struct TanhFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => Transcendental.Tanh(x);
    }

    private struct ReluFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => V.Max(V.Broadcast(0), x);
    }

    private struct ExpOfNegativeFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => Transcendental.ExpOfNegative(x);
    }

    private struct TanhGradientFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => y * V.FusedMultiplyAdd(V.Broadcast(0f) - x, x, V.Broadcast(1f));
    }

    private struct ReluGradientFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => V.WherePositive(x, y);
    }

    private struct GeluFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => GaussianErrorUnit.Value(x);
    }

    private struct GeluGradientFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => y * GaussianErrorUnit.Slope(x);
    }

    private struct GeluTanhFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => GaussianErrorUnit.TanhValue(x);
    }

    private struct GeluTanhGradientFunction : IElementwise
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static V Apply<V>(V x, V y, V z)
            where V : unmanaged, ISimd<V> => y * GaussianErrorUnit.TanhSlope(x);
    }
}
