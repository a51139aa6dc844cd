namespace Goldilocks.Numerics;

/// <summary>
/// A vector of single-precision lanes. Kernels are written once against this interface and specialised by the compiler for each width;
/// <see cref="Simd1"/> is the scalar twin.
/// </summary>
internal unsafe interface ISimd<TSelf>
    where TSelf : unmanaged, ISimd<TSelf>
{
    /// <summary>Number of lanes; divides <see cref="Layout.Lanes"/>.</summary>
    static abstract int Lanes { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Broadcast(float value);

    void Store(float* destination);

    static abstract TSelf operator +(TSelf a, TSelf b);

    static abstract TSelf operator -(TSelf a, TSelf b);

    static abstract TSelf operator *(TSelf a, TSelf b);

    static abstract TSelf operator /(TSelf a, TSelf b);

    /// <summary>a·b + c with one rounding.</summary>
    static abstract TSelf FusedMultiplyAdd(TSelf a, TSelf b, TSelf c);

    static abstract TSelf Sqrt(TSelf a);

    static abstract TSelf Abs(TSelf a);

    /// <summary>The larger; <paramref name="b"/> when the two do not compare (one is NaN).</summary>
    static abstract TSelf Max(TSelf a, TSelf b);

    /// <summary>The magnitude of <paramref name="a"/> with the sign of <paramref name="sign"/>.</summary>
    static abstract TSelf CopySign(TSelf a, TSelf sign);

    /// <summary><paramref name="value"/> where <paramref name="condition"/> is positive, else 0.</summary>
    static abstract TSelf WherePositive(TSelf condition, TSelf value);

    /// <summary>2ⁿ for an integer n in [-126, 127], given as n + 1.5·2²³: the sum's last bits are n's.</summary>
    static abstract TSelf PowerOfTwo(TSelf shifted);
}
