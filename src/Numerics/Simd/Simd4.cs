using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Goldilocks.Numerics;

/// <summary>4 lanes.</summary>
internal readonly unsafe struct Simd4(Vector128<float> value) : ISimd<Simd4>
{
    private readonly Vector128<float> _value = value;

    public static int Lanes => 4;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 Load(float* source) => new(Vector128.Load(source));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 Broadcast(float value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* destination) => _value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 operator +(Simd4 a, Simd4 b) => new(a._value + b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 operator -(Simd4 a, Simd4 b) => new(a._value - b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 operator *(Simd4 a, Simd4 b) => new(a._value * b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 operator /(Simd4 a, Simd4 b) => new(a._value / b._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 FusedMultiplyAdd(Simd4 a, Simd4 b, Simd4 c) => new(Vector128.FusedMultiplyAdd(a._value, b._value, c._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 Sqrt(Simd4 a) => new(Vector128.Sqrt(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 Abs(Simd4 a) => new(Vector128.Abs(a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 Max(Simd4 a, Simd4 b) => new(Vector128.ConditionalSelect(Vector128.GreaterThan(a._value, b._value), a._value, b._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 CopySign(Simd4 a, Simd4 sign) => new(Vector128.ConditionalSelect(Vector128.Create(-0f), sign._value, a._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 WherePositive(Simd4 condition, Simd4 value) => new(Vector128.GreaterThan(condition._value, Vector128<float>.Zero) & value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Simd4 PowerOfTwo(Simd4 shifted) => new(((shifted._value.AsInt32() << 23) + Vector128.Create(127 << 23)).AsSingle());
}
