using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>exp and tanh on vectors, by one formula at every width.</summary>
internal static class Transcendental
{
    private const float InverseLn2 = 1.44269504f;

    /// <summary>ln 2 = High + Low; High has few bits, so n·High is exact.</summary>
    private const float Ln2High = 0.693359375f;

    private const float Ln2Low = -2.12194440e-4f;

    /// <summary>Adding and subtracting 1.5·2²³ rounds to the nearest integer.</summary>
    private const float Round = 12582912f;

    /// <summary>tanh x = −u/(u + 2) with u = e^(−2|x|) − 1, and the sign of x. Within 3 units in the last place; tanh 0 = 0 exactly.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Tanh<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        // Beyond 9.1 the result rounds to 1; the limit keeps the power of two in range. The limit comes first: Max takes the second of two that
        // do not compare, so NaN stays NaN.
        var y = V.Max(V.Broadcast(-40f), V.Broadcast(-2f) * V.Abs(x));
        ExpMinus1(y, out var scale, out var p);
        var u = V.FusedMultiplyAdd(scale, p, scale - V.Broadcast(1f));
        return V.CopySign(u / (u + V.Broadcast(2f)), x);
    }

    /// <summary>eˣ for x ≤ 0 (as soft-max needs it); below −87 the result is that of −87. Within 2 units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V ExpOfNegative<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        ExpMinus1(V.Max(V.Broadcast(-87f), x), out var scale, out var p);
        return V.FusedMultiplyAdd(scale, p, scale);
    }

    /// <summary>√(2/π)(x + 0.044715x³), whose tanh approximates erf(x/√2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluArgument<V>(V x)
        where V : unmanaged, ISimd<V> => x * V.FusedMultiplyAdd(V.Broadcast(0.044715f * 0.7978846f), x * x, V.Broadcast(0.7978846f));

    /// <summary>The derivative of <see cref="GeluArgument"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V GeluArgumentDerivative<V>(V x)
        where V : unmanaged, ISimd<V> => V.FusedMultiplyAdd(V.Broadcast(3 * 0.044715f * 0.7978846f), x * x, V.Broadcast(0.7978846f));

    /// <summary>The density of the normal distribution, e^(−x²/2)/√(2π).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalDensity<V>(V x)
        where V : unmanaged, ISimd<V> => V.Broadcast(0.3989422804f) * ExpOfNegative(V.Broadcast(-0.5f) * x * x);

    /// <summary>
    /// The normal distribution function Φ(x) = (1 + erf(x/√2))/2, by Abramowitz and Stegun 7.1.26: absolute error at most 1.5e-7, and rounding.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V NormalDistribution<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        var one = V.Broadcast(1f);
        var u = V.Abs(x) * V.Broadcast(0.70710678f);
        var t = one / V.FusedMultiplyAdd(V.Broadcast(0.3275911f), u, one);
        var p = V.FusedMultiplyAdd(t, V.Broadcast(1.061405429f), V.Broadcast(-1.453152027f));
        p = V.FusedMultiplyAdd(t, p, V.Broadcast(1.421413741f));
        p = V.FusedMultiplyAdd(t, p, V.Broadcast(-0.284496736f));
        p = V.FusedMultiplyAdd(t, p, V.Broadcast(0.254829592f));
        var tail = t * p * ExpOfNegative(V.Broadcast(0f) - (u * u));
        return V.FusedMultiplyAdd(V.CopySign(V.Broadcast(0.5f), x), one - tail, V.Broadcast(0.5f));
    }

    /// <summary>x = n ln 2 + r: scale = 2ⁿ and p = eʳ − 1, the series to seventh order (relative remainder 1.5e-8 at |r| = ln 2 / 2).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ExpMinus1<V>(V x, out V scale, out V p)
        where V : unmanaged, ISimd<V>
    {
        var shifted = V.FusedMultiplyAdd(x, V.Broadcast(InverseLn2), V.Broadcast(Round));
        var n = shifted - V.Broadcast(Round);
        var r = V.FusedMultiplyAdd(n, V.Broadcast(-Ln2High), x);
        r = V.FusedMultiplyAdd(n, V.Broadcast(-Ln2Low), r);
        var q = V.FusedMultiplyAdd(r, V.Broadcast(1f / 5040), V.Broadcast(1f / 720));
        q = V.FusedMultiplyAdd(r, q, V.Broadcast(1f / 120));
        q = V.FusedMultiplyAdd(r, q, V.Broadcast(1f / 24));
        q = V.FusedMultiplyAdd(r, q, V.Broadcast(1f / 6));
        q = V.FusedMultiplyAdd(r, q, V.Broadcast(0.5f));
        p = V.FusedMultiplyAdd(r * r, q, r);
        scale = V.PowerOfTwo(shifted);
    }
}
