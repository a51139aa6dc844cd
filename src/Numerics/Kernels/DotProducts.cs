using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Goldilocks.Numerics;

/// <summary>Four dot products at a time, each of sixteen running fused-multiply-add sums folded in halves.</summary>
internal static unsafe class DotProducts
{
    /// <summary>Floats of stack that <see cref="Four"/> needs, with those that aligning takes.</summary>
    public const int Room = 5 * Layout.Lanes;

    /// <summary>(x0·y0, x0·y1, x1·y2, x1·y3).</summary>
    /// <param name="x0">Left of the first two.</param>
    /// <param name="x1">Left of the last two; may be x0.</param>
    /// <param name="y0">Right of the first.</param>
    /// <param name="y1">Right of the second.</param>
    /// <param name="y2">Right of the third.</param>
    /// <param name="y3">Right of the fourth.</param>
    /// <param name="count">Floats, a multiple of <see cref="Layout.Lanes"/>.</param>
    /// <param name="sums">Scratch, aligned (<see cref="Layout.Align"/>).</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Four<V>(float* x0, float* x1, float* y0, float* y1, float* y2, float* y3, int count, float* sums)
        where V : unmanaged, ISimd<V>
    {
        for (var lane = 0; lane < Layout.Lanes; lane += V.Lanes)
        {
            var (s0, s1, s2, s3) = (V.Broadcast(0), V.Broadcast(0), V.Broadcast(0), V.Broadcast(0));
            for (nint c = lane; c < count; c += Layout.Lanes)
            {
                var (v0, v1) = (V.Load(x0 + c), V.Load(x1 + c));
                s0 = V.FusedMultiplyAdd(v0, V.Load(y0 + c), s0);
                s1 = V.FusedMultiplyAdd(v0, V.Load(y1 + c), s1);
                s2 = V.FusedMultiplyAdd(v1, V.Load(y2 + c), s2);
                s3 = V.FusedMultiplyAdd(v1, V.Load(y3 + c), s3);
            }

            s0.Store(sums + lane);
            s1.Store(sums + Layout.Lanes + lane);
            s2.Store(sums + (2 * Layout.Lanes) + lane);
            s3.Store(sums + (3 * Layout.Lanes) + lane);
        }

        return Fold(sums);
    }

    /// <summary>Four times <see cref="Reductions.Fold"/>, side by side.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Fold(float* sums)
    {
        var (low, high) = (FoldPair(sums), FoldPair(sums + (2 * Layout.Lanes)));
        var even = Vector128.ConditionalSelect(Vector128.Create(-1, 0, 0, 0).AsSingle(), low.GetLower(), low.GetUpper());
        var odd = Vector128.ConditionalSelect(Vector128.Create(0, 0, -1, 0).AsSingle(), high.GetLower(), high.GetUpper());
        return Vector128.ConditionalSelect(Vector128.Create(-1, -1, 0, 0).AsSingle(), even, odd);
    }

    /// <summary>Two times sixteen sums; the first's fold fills the lower half, the second's the upper.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> FoldPair(float* sums)
    {
        var first = Vector256.Load(sums) + Vector256.Load(sums + 8);
        var second = Vector256.Load(sums + 16) + Vector256.Load(sums + 24);
        var four = Vector256.Create(first.GetLower(), second.GetLower()) + Vector256.Create(first.GetUpper(), second.GetUpper());
        var two = four + Vector256.Shuffle(four, Vector256.Create(2, 3, 0, 1, 6, 7, 4, 5));
        return two + Vector256.Shuffle(two, Vector256.Create(1, 0, 3, 2, 5, 4, 7, 6));
    }
}
