using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Goldilocks.Numerics;

/// <summary>8 lanes.</summary>
internal readonly unsafe struct Simd8(Vector256<float> value) : ISimd<Simd8>
{
    private readonly Vector256<float> _value = value;

    public static int Lanes => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 Load(float* source) => new(Vector256.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 Broadcast(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 operator +(Simd8 a, Simd8 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 operator -(Simd8 a, Simd8 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 operator *(Simd8 a, Simd8 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 operator /(Simd8 a, Simd8 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 FusedMultiplyAdd(Simd8 a, Simd8 b, Simd8 c) => new(Vector256.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 Sqrt(Simd8 a) => new(Vector256.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 Abs(Simd8 a) => new(Vector256.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 Max(Simd8 a, Simd8 b) => new(Avx.IsSupported ? Avx.Max(a._value, b._value) : Vector256.ConditionalSelect(Vector256.GreaterThan(a._value, b._value), a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 CopySign(Simd8 a, Simd8 sign) => new(Vector256.ConditionalSelect(Vector256.Create(-0f), sign._value, a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 WherePositive(Simd8 condition, Simd8 value) => new(Vector256.GreaterThan(condition._value, Vector256<float>.Zero) & value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd8 PowerOfTwo(Simd8 shifted) => new(((shifted._value.AsInt32() << 23) + Vector256.Create(127 << 23)).AsSingle());
}
