using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>x·Φ(x) and its derivative Φ(x) + x·φ(x), exact or with the tanh approximation of Φ (Hendrycks and Gimpel, 2016).</summary>
internal static class GaussianErrorUnit
{
    private const float SqrtHalf = 0.70710678f;

    /// <summary>1/√(2π).</summary>
    private const float Density = 0.39894228f;

    /// <summary>√(2/π).</summary>
    private const float Slant = 0.79788456f;

    private const float Cubic = 0.044715f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Value<V>(V x)
        where V : unmanaged, ISimd<V> => x * Half(Transcendental.Erf(x * V.Broadcast(SqrtHalf)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Slope<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        var t = Bounded(x);
        var density = V.Broadcast(Density) * Transcendental.ExpOfNegative(V.Broadcast(-0.5f) * t * t);
        return V.FusedMultiplyAdd(t, density, Half(Transcendental.Erf(x * V.Broadcast(SqrtHalf))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanhValue<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        var t = Bounded(x);
        return x * Half(Transcendental.Tanh(Inner(t, t * t)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V TanhSlope<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        var t = Bounded(x);
        var square = t * t;
        var tanh = Transcendental.Tanh(Inner(t, square));
        var slope = V.Broadcast(Slant) * V.FusedMultiplyAdd(V.Broadcast(3 * Cubic), square, V.Broadcast(1f));
        var rest = V.FusedMultiplyAdd(V.Broadcast(0f) - tanh, tanh, V.Broadcast(1f));
        return V.FusedMultiplyAdd(V.Broadcast(0.5f) * t * rest, slope, Half(tanh));
    }

    /// <summary>½(1 + y).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Half<V>(V y)
        where V : unmanaged, ISimd<V> => V.FusedMultiplyAdd(V.Broadcast(0.5f), y, V.Broadcast(0.5f));

    /// <summary>x within [−13, 13], beyond which Φ is 0 or 1 in single precision; powers of x stay finite.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Bounded<V>(V x)
        where V : unmanaged, ISimd<V> => V.CopySign(V.Max(V.Broadcast(-13f), V.Broadcast(0f) - V.Abs(x)), x);

    /// <summary>√(2/π)(x + 0.044715x³).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static V Inner<V>(V x, V square)
        where V : unmanaged, ISimd<V> => V.Broadcast(Slant) * x * V.FusedMultiplyAdd(V.Broadcast(Cubic), square, V.Broadcast(1f));
}
