using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Goldilocks.Numerics;

/// <summary>
/// Products of matrices with few rows, as attention over few tokens has them: nothing is planned, so a call costs little more than its
/// arithmetic. <see cref="Gemm"/> is for everything larger. Four sums are in flight at a time; what is left over computes one of them again.
/// </summary>
public static unsafe class SmallProducts
{
    private const int InFlight = 4;

    /// <summary>
    /// Z[M×N] = A·Bᵀ, or Z + A·Bᵀ. Each element is a dot product over the padded row: sixteen running fused-multiply-add sums folded in
    /// halves, as <see cref="Reductions.Sum"/> folds them. Padding of Z becomes zero.
    /// </summary>
    /// <param name="a">[M×K], zero in its padding.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="b">[N×K], zero in its padding.</param>
    /// <param name="n">Rows of B.</param>
    /// <param name="k">Products per element.</param>
    /// <param name="aStride">Floats between rows of A.</param>
    /// <param name="bStride">Floats between rows of B.</param>
    /// <param name="z">[M×N]; neither A nor B.</param>
    /// <param name="zStride">Floats between rows of Z.</param>
    /// <param name="accumulate">Add to what Z holds.</param>
    /// <param name="set">Vector width.</param>
    public static void TimesTransposed(float* a, int m, float* b, int n, int k, int aStride, int bStride, float* z, int zStride, bool accumulate, InstructionSet set)
    {
        Debug.Assert(zStride >= Layout.Pad(n));
        switch (set)
        {
            case InstructionSet.Vector512: TimesTransposed<Simd16>(a, m, b, n, k, aStride, bStride, z, zStride, accumulate); break;
            case InstructionSet.Vector256: TimesTransposed<Simd8>(a, m, b, n, k, aStride, bStride, z, zStride, accumulate); break;
            case InstructionSet.Vector128: TimesTransposed<Simd4>(a, m, b, n, k, aStride, bStride, z, zStride, accumulate); break;
            default: TimesTransposed<Simd1>(a, m, b, n, k, aStride, bStride, z, zStride, accumulate); break;
        }
    }

    /// <summary>Z[M×N] = op(A)·B, or Z + op(A)·B. Each element is one chain of fused multiply-adds in ascending k, from zero or from Z.</summary>
    /// <param name="a">[M×K], or stored [K×M].</param>
    /// <param name="m">Rows of Z.</param>
    /// <param name="k">Products per element.</param>
    /// <param name="b">[K×N], zero in its padding.</param>
    /// <param name="n">Columns of Z.</param>
    /// <param name="aStride">Floats between stored rows of A.</param>
    /// <param name="bStride">Floats between rows of B.</param>
    /// <param name="z">[M×N]; neither A nor B. Its padding becomes zero, or stays zero when it accumulates.</param>
    /// <param name="zStride">Floats between rows of Z.</param>
    /// <param name="accumulate">Start from what Z holds.</param>
    /// <param name="transposeA">A is stored as [K×M].</param>
    /// <param name="set">Vector width.</param>
    public static void Times(float* a, int m, int k, float* b, int n, int aStride, int bStride, float* z, int zStride, bool accumulate, bool transposeA, InstructionSet set)
    {
        Debug.Assert(zStride >= Layout.Pad(n));
        var (row, step) = transposeA ? (1, aStride) : (aStride, 1);
        switch (set)
        {
            case InstructionSet.Vector512: Times<Simd16>(a, row, step, m, k, b, Layout.Pad(n), bStride, z, zStride, accumulate); break;
            case InstructionSet.Vector256: Times<Simd8>(a, row, step, m, k, b, Layout.Pad(n), bStride, z, zStride, accumulate); break;
            case InstructionSet.Vector128: Times<Simd4>(a, row, step, m, k, b, Layout.Pad(n), bStride, z, zStride, accumulate); break;
            default: Times<Simd1>(a, row, step, m, k, b, Layout.Pad(n), bStride, z, zStride, accumulate); break;
        }
    }

    /// <remarks>A row of A against four rows of B at a time.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TimesTransposed<V>(float* a, int m, float* b, int n, int k, int aStride, int bStride, float* z, int zStride, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(k);
        var sums = stackalloc float[InFlight * Layout.Lanes];
        for (var i = 0; i < m; i++)
        {
            var x = a + ((long)i * aStride);
            var output = z + ((long)i * zStride);
            var j = 0;
            for (; j < n; j += InFlight)
            {
                var y0 = b + ((long)j * bStride);
                var y1 = b + ((long)Math.Min(j + 1, n - 1) * bStride);
                var y2 = b + ((long)Math.Min(j + 2, n - 1) * bStride);
                var y3 = b + ((long)Math.Min(j + 3, n - 1) * bStride);
                for (var lane = 0; lane < Layout.Lanes; lane += V.Lanes)
                {
                    var (s0, s1, s2, s3) = (V.Broadcast(0), V.Broadcast(0), V.Broadcast(0), V.Broadcast(0));
                    for (var c = lane; c < padded; c += Layout.Lanes)
                    {
                        var v = V.Load(x + c);
                        s0 = V.FusedMultiplyAdd(v, V.Load(y0 + c), s0);
                        s1 = V.FusedMultiplyAdd(v, V.Load(y1 + c), s1);
                        s2 = V.FusedMultiplyAdd(v, V.Load(y2 + c), s2);
                        s3 = V.FusedMultiplyAdd(v, V.Load(y3 + c), s3);
                    }

                    s0.Store(sums + lane);
                    s1.Store(sums + Layout.Lanes + lane);
                    s2.Store(sums + (2 * Layout.Lanes) + lane);
                    s3.Store(sums + (3 * Layout.Lanes) + lane);
                }

                var products = Fold(sums);
                if (accumulate) products += Vector128.Load(output + j);
                if (n - j < InFlight) products &= Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(n - j)).AsSingle();
                products.Store(output + j);
            }

            new Span<float>(output + j, Layout.Pad(n) - j).Clear();
        }
    }

    private static void Times<V>(float* a, int aRow, int aStep, int m, int k, float* b, int padded, int bStride, float* z, int zStride, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        if (padded < InFlight * V.Lanes)
        {
            TimesShort<V>(a, aRow, aStep, m, k, b, padded, bStride, z, zStride, accumulate);
            return;
        }

        for (var i = 0; i < m; i++) TimesLong<V>(a + ((long)i * aRow), aStep, k, b, padded, bStride, z + ((long)i * zStride), accumulate);
    }

    /// <summary>One row of Z, four vectors at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TimesLong<V>(float* x, nint step, int k, float* b, int padded, nint bStride, float* z, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        for (var c = 0; c < padded; c += InFlight * V.Lanes)
        {
            var last = padded - V.Lanes - c;
            nint c1 = Math.Min(V.Lanes, last), c2 = Math.Min(2 * V.Lanes, last), c3 = Math.Min(3 * V.Lanes, last);
            var output = z + c;
            var (s0, s1, s2, s3) = (V.Broadcast(0), V.Broadcast(0), V.Broadcast(0), V.Broadcast(0));
            if (accumulate) (s0, s1, s2, s3) = (V.Load(output), V.Load(output + c1), V.Load(output + c2), V.Load(output + c3));
            var from = x;
            var y = b + c;
            for (var p = 0; p < k; p++)
            {
                var v = V.Broadcast(*from);
                s0 = V.FusedMultiplyAdd(v, V.Load(y), s0);
                s1 = V.FusedMultiplyAdd(v, V.Load(y + c1), s1);
                s2 = V.FusedMultiplyAdd(v, V.Load(y + c2), s2);
                s3 = V.FusedMultiplyAdd(v, V.Load(y + c3), s3);
                from += step;
                y += bStride;
            }

            s0.Store(output);
            s1.Store(output + c1);
            s2.Store(output + c2);
            s3.Store(output + c3);
        }
    }

    /// <summary>One vector of four rows of Z at a time.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TimesShort<V>(float* a, nint aRow, nint step, int m, int k, float* b, int padded, nint bStride, float* z, nint zStride, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        for (var i = 0; i < m; i += InFlight)
        {
            nint r1 = Math.Min(1, m - 1 - i), r2 = Math.Min(2, m - 1 - i), r3 = Math.Min(3, m - 1 - i);
            for (var c = 0; c < padded; c += V.Lanes)
            {
                var output = z + (i * zStride) + c;
                var (s0, s1, s2, s3) = (V.Broadcast(0), V.Broadcast(0), V.Broadcast(0), V.Broadcast(0));
                if (accumulate) (s0, s1, s2, s3) = (V.Load(output), V.Load(output + (r1 * zStride)), V.Load(output + (r2 * zStride)), V.Load(output + (r3 * zStride)));
                var x0 = a + (i * aRow);
                var x1 = x0 + (r1 * aRow);
                var x2 = x0 + (r2 * aRow);
                var x3 = x0 + (r3 * aRow);
                var y = b + c;
                nint at = 0;
                for (var p = 0; p < k; p++)
                {
                    var v = V.Load(y);
                    s0 = V.FusedMultiplyAdd(V.Broadcast(x0[at]), v, s0);
                    s1 = V.FusedMultiplyAdd(V.Broadcast(x1[at]), v, s1);
                    s2 = V.FusedMultiplyAdd(V.Broadcast(x2[at]), v, s2);
                    s3 = V.FusedMultiplyAdd(V.Broadcast(x3[at]), v, s3);
                    at += step;
                    y += bStride;
                }

                s0.Store(output);
                s1.Store(output + (r1 * zStride));
                s2.Store(output + (r2 * zStride));
                s3.Store(output + (r3 * zStride));
            }
        }
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
