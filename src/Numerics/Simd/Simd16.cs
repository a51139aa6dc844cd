using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Goldilocks.Numerics;

/// <summary>16 lanes.</summary>
internal readonly unsafe struct Simd16(Vector512<float> value) : ISimd<Simd16>
{
    private readonly Vector512<float> _value = value;

    public static int Lanes => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 Load(float* source) => new(Vector512.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 Broadcast(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 operator +(Simd16 a, Simd16 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 operator -(Simd16 a, Simd16 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 operator *(Simd16 a, Simd16 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 operator /(Simd16 a, Simd16 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 FusedMultiplyAdd(Simd16 a, Simd16 b, Simd16 c) => new(Vector512.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 Sqrt(Simd16 a) => new(Vector512.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 Abs(Simd16 a) => new(Vector512.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 Max(Simd16 a, Simd16 b) => new(Avx512F.IsSupported ? Avx512F.Max(a._value, b._value) : Vector512.ConditionalSelect(Vector512.GreaterThan(a._value, b._value), a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 CopySign(Simd16 a, Simd16 sign) => new(Vector512.ConditionalSelect(Vector512.Create(-0f), sign._value, a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 WherePositive(Simd16 condition, Simd16 value) => new(Vector512.GreaterThan(condition._value, Vector512<float>.Zero) & value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd16 PowerOfTwo(Simd16 shifted) => new(((shifted._value.AsInt32() << 23) + Vector512.Create(127 << 23)).AsSingle());
}
