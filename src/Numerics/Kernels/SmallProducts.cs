using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>Products of small matrices such as those of attention over a few tokens, without planning and without scratch memory.</summary>
public static unsafe class SmallProducts
{
    /// <summary>Z [m × n] = A [m × k]·B [n × k]ᵀ, or added to Z: every element a dot product of sixteen running sums folded in halves.</summary>
    /// <param name="a">A, zero in the padding.</param>
    /// <param name="m">Rows of A.</param>
    /// <param name="b">B.</param>
    /// <param name="n">Rows of B.</param>
    /// <param name="k">True columns of A and B.</param>
    /// <param name="aStride">Floats between rows of A.</param>
    /// <param name="bStride">Floats between rows of B.</param>
    /// <param name="z">Z; its padding is left alone.</param>
    /// <param name="zStride">Floats between rows of Z.</param>
    /// <param name="accumulate">Add to Z.</param>
    /// <param name="set">Vector width.</param>
    public static void TimesTransposed(float* a, int m, float* b, int n, int k, int aStride, int bStride, float* z, int zStride, bool accumulate, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: TimesTransposed<Simd16>(a, m, b, n, k, aStride, bStride, z, zStride, accumulate); break;
            case InstructionSet.Vector256: TimesTransposed<Simd8>(a, m, b, n, k, aStride, bStride, z, zStride, accumulate); break;
            case InstructionSet.Vector128: TimesTransposed<Simd4>(a, m, b, n, k, aStride, bStride, z, zStride, accumulate); break;
            default: TimesTransposed<Simd1>(a, m, b, n, k, aStride, bStride, z, zStride, accumulate); break;
        }
    }

    /// <summary>Z [m × n] = op(A)·B, or added to Z: every element one chain of fused multiply-adds in ascending k.</summary>
    /// <param name="a">A [m × k], or [k × m] when it enters transposed.</param>
    /// <param name="m">Rows of Z.</param>
    /// <param name="k">Products per element.</param>
    /// <param name="b">B [k × n], zero in the padding.</param>
    /// <param name="n">True columns of B.</param>
    /// <param name="aStride">Floats between stored rows of A.</param>
    /// <param name="bStride">Floats between rows of B.</param>
    /// <param name="z">Z; its padding becomes zero, or stays so when added to.</param>
    /// <param name="zStride">Floats between rows of Z.</param>
    /// <param name="accumulate">Add to Z.</param>
    /// <param name="transposeA">A is stored [k × m].</param>
    /// <param name="set">Vector width.</param>
    public static void Times(float* a, int m, int k, float* b, int n, int aStride, int bStride, float* z, int zStride, bool accumulate, bool transposeA, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: Times<Simd16>(a, m, k, b, n, aStride, bStride, z, zStride, accumulate, transposeA); break;
            case InstructionSet.Vector256: Times<Simd8>(a, m, k, b, n, aStride, bStride, z, zStride, accumulate, transposeA); break;
            case InstructionSet.Vector128: Times<Simd4>(a, m, k, b, n, aStride, bStride, z, zStride, accumulate, transposeA); break;
            default: Times<Simd1>(a, m, k, b, n, aStride, bStride, z, zStride, accumulate, transposeA); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TimesTransposed<V>(float* a, int m, float* b, int n, int k, int aStride, int bStride, float* z, int zStride, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(k);
        for (var i = 0; i < m; i++)
        {
            for (var j = 0; j < n; j++)
            {
                var product = Reductions.DotProduct<V>(a + ((long)i * aStride), b + ((long)j * bStride), padded);
                z[((long)i * zStride) + j] = accumulate ? z[((long)i * zStride) + j] + product : product;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Times<V>(float* a, int m, int k, float* b, int n, int aStride, int bStride, float* z, int zStride, bool accumulate, bool transposeA)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(n);
        var (row, step) = transposeA ? (1, aStride) : (aStride, 1);
        for (var i = 0; i < m; i++)
        {
            var elements = a + ((long)i * row);
            var result = z + ((long)i * zStride);
            for (var c = 0; c < padded; c += V.Lanes)
            {
                var sum = accumulate ? V.Load(result + c) : V.Broadcast(0);
                for (var p = 0; p < k; p++) sum = V.FusedMultiplyAdd(V.Broadcast(elements[(long)p * step]), V.Load(b + ((long)p * bStride) + c), sum);
                sum.Store(result + c);
            }
        }
    }
}
