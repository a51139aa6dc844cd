namespace Goldilocks.Numerics.Tests;

/// <summary>Products of small matrices: their documented order of operations bit for bit, their value against double.</summary>
public sealed unsafe class KernelSmallProductTests
{
    /// <summary>k roundings of sums of at most k products below 1: k²·2⁻²⁴ bounds the error, k·2⁻²⁴·√k is what happens.</summary>
    private static double Bound(int k) => 4 * Math.Sqrt(k) * k / (1 << 24);

    public static TheoryData<int, int, int, int, bool> Shapes
    {
        get
        {
            var shapes = new TheoryData<int, int, int, int, bool>();
            foreach (var accumulate in new[] { false, true })
            {
                foreach (var (m, n, k, extra) in new[]
                {
                    (1, 1, 1, 0), (2, 2, 256, 0), (3, 3, 32, 0), (2, 256, 2, 0), (256, 2, 2, 0), (16, 16, 32, 0), (16, 32, 16, 0),
                    (5, 4, 37, 16), (4, 5, 3, 16), (7, 48, 5, 0), (2, 70, 3, 32), (5, 2, 20, 16), (3, 1, 40, 0), (6, 17, 100, 16), (3, 130, 9, 0),
                })
                    shapes.Add(m, n, k, extra, accumulate);
            }

            return shapes;
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void TimesTransposed_folds_sixteen_fused_sums_at_every_width(int m, int n, int k, int extra, bool accumulate)
    {
        using var a = new KernelMatrix(m, k, Layout.Stride(k) + extra).Fill(1);
        using var b = new KernelMatrix(n, k, Layout.Stride(k) + (2 * extra)).Fill(2);
        using var old = Old(m, n, extra, accumulate);
        using var expected = old.Copy();
        for (var i = 0; i < m; i++)
        {
            ClearPadding(expected, i);
            for (var j = 0; j < n; j++)
            {
                var lanes = new float[16];
                for (var p = 0; p < k; p++) lanes[p % 16] = MathF.FusedMultiplyAdd(a[i, p], b[j, p], lanes[p % 16]);
                for (var half = 8; half > 0; half /= 2)
                    for (var lane = 0; lane < half; lane++) lanes[lane] += lanes[lane + half];
                expected[i, j] = accumulate ? old[i, j] + lanes[0] : lanes[0];
                AssertNear(Dot(p => a[i, p], p => b[j, p], k) + (accumulate ? old[i, j] : 0), expected[i, j], k);
            }
        }

        foreach (var set in KernelSets.All)
        {
            using var found = old.Copy();
            SmallProducts.TimesTransposed(a.Data, m, b.Data, n, k, a.Stride, b.Stride, found.Data, found.Stride, accumulate, set);
            expected.AssertSameBits(found, $"{set}");
        }
    }

    [Theory]
    [MemberData(nameof(Shapes))]
    public void Times_is_one_fused_chain_at_every_width(int m, int n, int k, int extra, bool accumulate)
    {
        foreach (var transposeA in new[] { false, true })
        {
            using var a = transposeA ? new KernelMatrix(k, m, Layout.Stride(m) + extra).Fill(1) : new KernelMatrix(m, k, Layout.Stride(k) + extra).Fill(1);
            using var b = new KernelMatrix(k, n, Layout.Stride(n) + (2 * extra)).Fill(2);
            using var old = Old(m, n, extra, accumulate);
            using var expected = old.Copy();
            for (var i = 0; i < m; i++)
            {
                ClearPadding(expected, i);
                for (var j = 0; j < n; j++)
                {
                    var sum = accumulate ? old[i, j] : 0f;
                    for (var p = 0; p < k; p++) sum = MathF.FusedMultiplyAdd(transposeA ? a[p, i] : a[i, p], b[p, j], sum);
                    expected[i, j] = sum;
                    AssertNear(Dot(p => transposeA ? a[p, i] : a[i, p], p => b[p, j], k) + (accumulate ? old[i, j] : 0), expected[i, j], k);
                }
            }

            foreach (var set in KernelSets.All)
            {
                using var found = old.Copy();
                SmallProducts.Times(a.Data, m, k, b.Data, n, a.Stride, b.Stride, found.Data, found.Stride, accumulate, transposeA, set);
                expected.AssertSameBits(found, $"{set} transposeA={transposeA}");
            }
        }
    }

    /// <summary>What the destination holds before: with zero padding when it counts, else nothing but 99.</summary>
    private static KernelMatrix Old(int m, int n, int extra, bool accumulate)
    {
        var old = new KernelMatrix(m, n, Layout.Stride(n) + extra);
        if (accumulate) return old.Fill(3);
        old.Span.Fill(99);
        return old;
    }

    private static void ClearPadding(KernelMatrix z, int row) => new Span<float>(z.Data + (row * z.Stride) + z.Columns, Layout.Pad(z.Columns) - z.Columns).Clear();

    private static double Dot(Func<int, double> x, Func<int, double> y, int k)
    {
        var sum = 0.0;
        for (var p = 0; p < k; p++) sum += x(p) * y(p);
        return sum;
    }

    private static void AssertNear(double expected, float found, int k)
        => Assert.True(Math.Abs(expected - found) <= Bound(k), $"expected {expected:R} ± {Bound(k):E1}, found {found:R}");
}
