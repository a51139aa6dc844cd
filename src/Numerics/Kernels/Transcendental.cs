using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>exp, tanh and erf on vectors, by one formula at every width.</summary>
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

    /// <summary>erf x = 1 − e^(−t·P(t)) with t = |x|, and the sign of x. Absolute error at most 2e-7 (8e-8 found); erf 0 = 0 exactly.</summary>
    /// <remarks>P is the minimax polynomial to −ln(erfc t)/t on [0, 4], where it leaves a relative error of 4e-9 in erf; beyond 4 erf rounds to 1.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static V Erf<V>(V x)
        where V : unmanaged, ISimd<V>
    {
        var y = V.Max(V.Broadcast(-4f), V.Broadcast(0f) - V.Abs(x));
        var t = V.Broadcast(0f) - y;
        var q = V.FusedMultiplyAdd(t, V.Broadcast(-9.2562500e-6f), V.Broadcast(1.1764114e-4f));
        q = V.FusedMultiplyAdd(t, q, V.Broadcast(-6.3283637e-4f));
        q = V.FusedMultiplyAdd(t, q, V.Broadcast(1.6670266e-3f));
        q = V.FusedMultiplyAdd(t, q, V.Broadcast(-1.6039520e-4f));
        q = V.FusedMultiplyAdd(t, q, V.Broadcast(-1.9153064e-2f));
        q = V.FusedMultiplyAdd(t, q, V.Broadcast(0.10277783f));
        q = V.FusedMultiplyAdd(t, q, V.Broadcast(0.63661938f));
        q = V.FusedMultiplyAdd(t, q, V.Broadcast(1.12837917f));
        ExpMinus1(y * q, out var scale, out var p);
        return V.CopySign(V.FusedMultiplyAdd(scale, p, scale - V.Broadcast(1f)), x);
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
