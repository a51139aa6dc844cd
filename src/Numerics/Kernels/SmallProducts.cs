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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TimesTransposed<V>(float* a, int m, float* b, int n, int k, int aStride, int bStride, float* z, int zStride, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(k);
        var room = stackalloc float[DotProducts.Room];
        var sums = Layout.Align(room);
        if (n <= InFlight / 2)
        {
            // Two rows of Z at a time.
            var other = b + ((long)(n - 1) * bStride);
            for (var i = 0; i < m; i += 2)
            {
                var x = a + ((long)i * aStride);
                var output = z + ((long)i * zStride);
                var both = i + 1 < m;
                var products = DotProducts.Four<V>(x, both ? x + aStride : x, b, other, b, other, padded, sums);
                Finish(products, output, 0, n, accumulate);
                if (both) Finish(Vector128.Shuffle(products, Vector128.Create(2, 3, 2, 3)), output + zStride, 0, n, accumulate);
            }

            return;
        }

        for (var i = 0; i < m; i++)
        {
            var x = a + ((long)i * aStride);
            for (var j = 0; j < n; j += InFlight)
            {
                var y1 = b + ((long)Math.Min(j + 1, n - 1) * bStride);
                var y2 = b + ((long)Math.Min(j + 2, n - 1) * bStride);
                var y3 = b + ((long)Math.Min(j + 3, n - 1) * bStride);
                Finish(DotProducts.Four<V>(x, x, b + ((long)j * bStride), y1, y2, y3, padded, sums), z + ((long)i * zStride), j, n, accumulate);
            }
        }
    }

    /// <summary>Four elements of a row of Z from column j on; behind the last true column, zero to the row's end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Finish(Vector128<float> products, float* row, int j, int n, bool accumulate)
    {
        if (accumulate) products += Vector128.Load(row + j);
        if (n - j < InFlight) products &= Vector128.LessThan(Vector128<int>.Indices, Vector128.Create(n - j)).AsSingle();
        products.Store(row + j);
        if (n - j > InFlight) return;
        for (var c = j + InFlight; c < Layout.Pad(n); c += InFlight) Vector128<float>.Zero.Store(row + c);
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
}
