namespace Goldilocks.Numerics.Tests;

/// <summary>C[M×N] = op(A)·op(B): every width against the scalar twin bit for bit, and the scalar twin against plain loops in double.</summary>
public sealed unsafe class KernelGemmTests
{
    /// <summary>Half a unit in the last place of 1: the error of one rounding.</summary>
    private const double UnitRoundoff = 1.0 / (1 << 24);

    /// <summary>Tanh's own error and the rounding of its result, in units of 2^-24 (3 units in the last place below 1 are 3·2^-24).</summary>
    private const double TanhRoundings = 4;

    private static readonly (int M, int N, int K)[] Shapes =
    [
        (1, 1, 1), (1, 2, 7), (2, 1, 8), (7, 15, 2), (8, 16, 1), (15, 17, 8), (16, 7, 17), (17, 45, 15), (45, 16, 55), (55, 200, 1),
        (45, 30, 200), (45, 200, 30), (55, 19, 200), (200, 1, 45), (13, 49, 16), (9, 64, 33), (23, 65, 9), (3, 100, 45), (30, 200, 45), (11, 81, 5),
        (26, 10, 31), (27, 96, 16), (29, 97, 24), (12, 112, 23), (17, 113, 9), (10, 128, 15), (14, 145, 7),
    ];

    /// <summary>The products of a step: forward, input gradient (B stored transposed), weight gradient (A stored transposed, added to C).</summary>
    public static TheoryData<int, int, int, bool, bool, GemmStart> ModelShapes => new()
    {
        { 252, 768, 256, false, false, GemmStart.Zero }, { 252, 256, 768, false, true, GemmStart.Zero }, { 256, 768, 252, true, false, GemmStart.Accumulate },
        { 252, 256, 256, false, false, GemmStart.Bias }, { 252, 256, 256, false, true, GemmStart.Accumulate }, { 256, 256, 252, true, false, GemmStart.Accumulate },
        { 252, 128, 256, false, false, GemmStart.Zero }, { 252, 256, 128, false, true, GemmStart.Zero }, { 256, 128, 252, true, false, GemmStart.Accumulate },
        { 128, 256, 128, false, false, GemmStart.Zero }, { 128, 256, 252, true, false, GemmStart.Accumulate },
        { 120, 53, 128, false, false, GemmStart.Zero }, { 120, 128, 53, false, true, GemmStart.Zero }, { 256, 128, 120, true, false, GemmStart.Accumulate },
        { 100, 200, 784, false, false, GemmStart.Bias }, { 784, 200, 100, true, false, GemmStart.Accumulate }, { 128, 200, 784, false, false, GemmStart.Bias },
        { 100, 200, 200, false, true, GemmStart.Zero }, { 200, 200, 100, true, false, GemmStart.Accumulate },
        { 100, 10, 200, false, false, GemmStart.Bias }, { 100, 200, 10, false, true, GemmStart.Zero },
    };

    public static TheoryData<bool, bool> Transposes => new() { { false, false }, { false, true }, { true, false }, { true, true } };

    [Theory]
    [MemberData(nameof(Transposes))]
    public void All_widths_give_the_scalar_twins_bits_and_keep_padding_zero(bool transposeA, bool transposeB)
    {
        foreach (var (m, n, k) in Shapes)
        {
            foreach (var start in Enum.GetValues<GemmStart>())
            {
                foreach (var tail in Enum.GetValues<GemmTail>())
                {
                    using var expected = Run(m, n, k, transposeA, transposeB, start, tail, InstructionSet.Scalar);
                    foreach (var set in KernelSets.Vectors)
                    {
                        var what = $"{set} {m}x{n}x{k} transA={transposeA} transB={transposeB} {start} {tail}";
                        using var found = Run(m, n, k, transposeA, transposeB, start, tail, set);
                        found.AssertPaddingIsZero(what);
                        expected.AssertSameBits(found, what);
                    }
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(ModelShapes))]
    public void The_products_of_transformers_and_image_classifiers_give_the_scalar_twins_bits(int m, int n, int k, bool transposeA, bool transposeB, GemmStart start)
    {
        using var expected = Run(m, n, k, transposeA, transposeB, start, GemmTail.None, InstructionSet.Scalar);
        foreach (var set in KernelSets.Vectors)
        {
            using var found = Run(m, n, k, transposeA, transposeB, start, GemmTail.None, set);
            expected.AssertSameBits(found, $"{set} {m}x{n}x{k} transA={transposeA} transB={transposeB} {start}");
        }
    }

    [Theory]
    [MemberData(nameof(Transposes))]
    public void The_scalar_twin_is_the_definition_within_K_roundings(bool transposeA, bool transposeB)
    {
        foreach (var (m, n, k) in Shapes)
        {
            foreach (var start in Enum.GetValues<GemmStart>())
            {
                foreach (var tail in Enum.GetValues<GemmTail>())
                {
                    using var found = Run(m, n, k, transposeA, transposeB, start, tail, InstructionSet.Scalar);
                    using var a = new KernelMatrix(transposeA ? k : m, transposeA ? m : k).Fill(1);
                    using var b = new KernelMatrix(transposeB ? n : k, transposeB ? k : n).Fill(2);
                    using var bias = new KernelMatrix(1, n).Fill(3);
                    using var old = new KernelMatrix(m, n).Fill(4);
                    for (var i = 0; i < m; i++)
                    {
                        for (var j = 0; j < n; j++)
                        {
                            double sum = start switch { GemmStart.Zero => 0, GemmStart.Bias => bias[0, j], _ => old[i, j] };
                            var magnitude = Math.Abs(sum);
                            for (var l = 0; l < k; l++)
                            {
                                var product = (double)(transposeA ? a[l, i] : a[i, l]) * (transposeB ? b[j, l] : b[l, j]);
                                sum += product;
                                magnitude += Math.Abs(product);
                            }

                            var bound = (k + 1) * UnitRoundoff * magnitude;
                            var expected = tail switch { GemmTail.None => sum, GemmTail.Relu => Math.Max(sum, 0), _ => Math.Tanh(sum) };
                            if (tail == GemmTail.Tanh) bound += TanhRoundings * UnitRoundoff;
                            Assert.True(Math.Abs(found[i, j] - expected) <= bound,
                                $"{m}x{n}x{k} transA={transposeA} transB={transposeB} {start} {tail} [{i}, {j}]: expected {expected:R} ± {bound:E1}, found {found[i, j]:R}");
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void Rows_wider_than_needed_are_left_alone_beyond_the_last_cache_line()
    {
        const int m = 5, n = 20, k = 9, wide = 64;
        foreach (var set in KernelSets.All)
        {
            using var a = new KernelMatrix(m, k).Fill(1);
            using var b = new KernelMatrix(k, n, wide).Fill(2);
            using var c = new KernelMatrix(m, n, wide);
            for (var r = 0; r < m; r++)
                for (var j = Layout.Pad(n); j < wide; j++) c[r, j] = 123;
            new Gemm(m, n, k, false, false, a.Stride, b.Stride, c.Stride, set: set).Run(a.Data, b.Data, c.Data, null, null);
            for (var r = 0; r < m; r++)
                for (var j = Layout.Pad(n); j < wide; j++) Assert.Equal(123, c[r, j]);
        }
    }

    [Fact]
    public void Impossible_shapes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gemm(0, 1, 1, false, false, 16, 16, 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gemm(1, 1, 0, false, false, 16, 16, 16));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Gemm(1, 17, 1, false, false, 16, 32, 16));
    }

    [Fact]
    public void Operations_are_counted_as_two_per_product() => Assert.Equal(2L * 45 * 200 * 30, new Gemm(45, 200, 30, false, false, 32, 208, 208).Flops);

    /// <summary>One product of fixed random matrices, its scratch full of NaN.</summary>
    private static KernelMatrix Run(int m, int n, int k, bool transposeA, bool transposeB, GemmStart start, GemmTail tail, InstructionSet set)
    {
        using var a = new KernelMatrix(transposeA ? k : m, transposeA ? m : k).Fill(1);
        using var b = new KernelMatrix(transposeB ? n : k, transposeB ? k : n).Fill(2);
        using var bias = new KernelMatrix(1, n).Fill(3);
        var c = new KernelMatrix(m, n).Fill(4);
        var gemm = new Gemm(m, n, k, transposeA, transposeB, a.Stride, b.Stride, c.Stride, start, tail, set);
        using var scratch = new KernelMatrix(1, (int)gemm.ScratchFloats, (int)gemm.ScratchFloats);
        scratch.Span.Fill(float.NaN);
        gemm.Run(a.Data, b.Data, c.Data, start == GemmStart.Bias ? bias.Data : null, scratch.Data);
        return c;
    }
}
