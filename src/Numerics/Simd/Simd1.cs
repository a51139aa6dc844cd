namespace Goldilocks.Numerics;

/// <summary>One lane: plain scalar arithmetic, the twin that every vector width is tested against.</summary>
internal readonly unsafe struct Simd1(float value) : ISimd<Simd1>
{
    private readonly float _value = value;

    public static int Lanes => 1;

    public static Simd1 Load(float* source) => new(*source);

    public static Simd1 Broadcast(float value) => new(value);

    public void Store(float* destination) => *destination = _value;

    public static Simd1 operator +(Simd1 a, Simd1 b) => new(a._value + b._value);

    public static Simd1 operator -(Simd1 a, Simd1 b) => new(a._value - b._value);

    public static Simd1 operator *(Simd1 a, Simd1 b) => new(a._value * b._value);

    public static Simd1 operator /(Simd1 a, Simd1 b) => new(a._value / b._value);

    public static Simd1 FusedMultiplyAdd(Simd1 a, Simd1 b, Simd1 c) => new(MathF.FusedMultiplyAdd(a._value, b._value, c._value));

    public static Simd1 Sqrt(Simd1 a) => new(MathF.Sqrt(a._value));

    public static Simd1 Abs(Simd1 a) => new(MathF.Abs(a._value));

    public static Simd1 Max(Simd1 a, Simd1 b) => new(a._value > b._value ? a._value : b._value);

    public static Simd1 CopySign(Simd1 a, Simd1 sign) => new(MathF.CopySign(a._value, sign._value));

    public static Simd1 WherePositive(Simd1 condition, Simd1 value) => new(condition._value > 0 ? value._value : 0);

    public static Simd1 PowerOfTwo(Simd1 shifted) => new(BitConverter.Int32BitsToSingle((BitConverter.SingleToInt32Bits(shifted._value) << 23) + (127 << 23)));
}
