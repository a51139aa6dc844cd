using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>Measures what this machine's core can do at best: independent fused multiply-adds in registers. For one thread at a time.</summary>
public sealed unsafe class PeakMeter : IDisposable
{
    /// <summary>One or two milliseconds, as long as the work it is compared with: a shorter measurement would slip between the system's timer interrupts.</summary>
    private const int Products = 1_000_000;

    /// <summary>12 accumulators cover the latency of two units; with one row of B and one element they stay in registers.</summary>
    private const int Rows = 6;

    private const int Vectors = 2;

    private readonly InstructionSet _set;
    private readonly TileKernel? _tile;
    private readonly Arena _arena = new(1 << 16);

    public PeakMeter(InstructionSet set)
    {
        _set = set;
        _tile = set == InstructionSet.Scalar ? null : TileEmitter.Emit(new TileShape(set, Rows, Vectors, RowStride: 0, GemmStart.Zero));
        A = _arena.Take(Layout.Lanes);
        B = _arena.Take(Vectors * Layout.Lanes);
        C = _arena.Take(Rows * Vectors * Layout.Lanes);
        Measure();
    }

    private float* A { get; }

    private float* B { get; }

    private float* C { get; }

    /// <summary>One measurement of one or two milliseconds.</summary>
    /// <returns>Floating-point operations per second of one core (a fused multiply-add counts as two).</returns>
    public double Measure()
    {
        var start = Stopwatch.GetTimestamp();
        if (_tile is null) *C = ScalarChain(Products);
        else _tile(A, 0, B, 0, C, Vectors * Layout.Lanes * sizeof(float), null, Products);
        var products = _tile is null ? 8L * Products : (long)Rows * Vectors * (int)_set * Products;
        return 2 * products / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    public void Dispose() => _arena.Dispose();

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
