using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>Measures what this machine's core can do at best: independent fused multiply-adds in registers.</summary>
public static unsafe class PeakMeter
{
    /// <summary>The best rate of several short measurements.</summary>
    /// <param name="set">Vector width.</param>
    /// <param name="seconds">Total time to spend, &gt; 0.</param>
    /// <returns>Floating-point operations per second of one core (a fused multiply-add counts as two).</returns>
    public static double MeasureFlops(InstructionSet set, double seconds)
    {
        const int Products = 20_000;
        // 12 accumulators cover the latency of two units; one row of B, one element: everything stays in registers and first-level cache.
        var vectors = set == InstructionSet.Scalar ? 1 : 2;
        var lanes = (int)set;
        var gemm = set == InstructionSet.Scalar ? null : TileEmitter.Emit(new TileShape(set, 6, vectors, RowStride: 0, GemmStart.Zero));
        using var arena = new Arena(1 << 16);
        var a = arena.Take(Layout.Lanes);
        var b = arena.Take(4 * Layout.Lanes);
        var c = arena.Take(6 * 4 * Layout.Lanes);
        var best = 0.0;
        var total = Stopwatch.StartNew();
        while (total.Elapsed.TotalSeconds < seconds)
        {
            var start = Stopwatch.GetTimestamp();
            long flops;
            if (gemm is null)
            {
                c[0] = ScalarChain(Products);
                flops = 8L * 2 * Products;
            }
            else
            {
                gemm(a, 0, b, 0, c, 4 * Layout.Lanes * sizeof(float), null, Products);
                flops = 6L * vectors * lanes * 2 * Products;
            }

            best = Math.Max(best, flops / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return best;
    }

    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    private static float ScalarChain(int count)
    {
        float s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        for (var i = 0; i < count; i++)
        {
            s0 = MathF.FusedMultiplyAdd(s0, 0.5f, 1);
            s1 = MathF.FusedMultiplyAdd(s1, 0.5f, 1);
            s2 = MathF.FusedMultiplyAdd(s2, 0.5f, 1);
            s3 = MathF.FusedMultiplyAdd(s3, 0.5f, 1);
            s4 = MathF.FusedMultiplyAdd(s4, 0.5f, 1);
            s5 = MathF.FusedMultiplyAdd(s5, 0.5f, 1);
            s6 = MathF.FusedMultiplyAdd(s6, 0.5f, 1);
            s7 = MathF.FusedMultiplyAdd(s7, 0.5f, 1);
        }

        return s0 + s1 + s2 + s3 + s4 + s5 + s6 + s7;
    }
}
