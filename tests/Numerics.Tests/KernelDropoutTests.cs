using Goldilocks.Numerics.Generators;

namespace Goldilocks.Numerics.Tests;

/// <summary>Masks against the definition from <see cref="Philox.Block"/>, and as random numbers.</summary>
public sealed unsafe class KernelDropoutTests
{
    private const ulong Seed = 0x0123456789ABCDEF;

    [Theory]
    [InlineData(1, 1, 0, 0.1f)]
    [InlineData(3, 16, 16, 0.5f)]
    [InlineData(5, 32, 0, 0.2f)]
    [InlineData(4, 37, 0, 0.5f)]
    [InlineData(2, 100, 16, 0.9f)]
    [InlineData(2, 256, 0, 0f)]
    public void Fill_is_the_definition_with_and_without_vectors(int rows, int columns, int extra, float ratio)
    {
        const int site = 3, step = 70_000, firstRow = 11;
        var random = new CounterRandom(Seed, RandomStream.Dropout);
        var (k0, k1) = (random.NextUInt32(), random.NextUInt32());
        using var expected = Dirty(rows, columns, extra);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < Layout.Pad(columns); c++)
            {
                var (x0, x1, x2, x3) = Philox.Block((uint)((c / 32 * 8) + (c % 8)), (uint)(firstRow + r), step, site, k0, k1);
                uint[] words = [x0, x1, x2, x3];
                var drop = words[c % 32 / 8] / 4294967296.0 < ratio;
                expected[r, c] = drop || c >= columns ? 0 : 1 / (1 - ratio);
            }
        }

        foreach (var vectors in new[] { false, true })
        {
            if (vectors && !System.Runtime.Intrinsics.X86.Avx2.IsSupported) continue;
            using var found = Dirty(rows, columns, extra);
            DropoutMask.Fill(Seed, site, step, firstRow, rows, columns, found.Stride, ratio, found.Data, vectors);
            expected.AssertSameBits(found, $"vectors={vectors}");
        }
    }

    [Theory]
    [InlineData(0.05f)]
    [InlineData(0.1f)]
    [InlineData(0.5f)]
    [InlineData(0.8f)]
    public void Kept_values_are_as_many_as_the_ratio_says(float ratio)
    {
        const int rows = 4000, columns = 256;
        using var mask = new KernelMatrix(rows, columns);
        DropoutMask.Fill(Seed, 0, 1, 0, rows, columns, mask.Stride, ratio, mask.Data);
        var kept = 0;
        foreach (var value in mask.Span) if (value != 0) kept++;
        var count = (double)rows * columns;
        Assert.Equal(1 - ratio, kept / count, 5 * Math.Sqrt(ratio * (1 - ratio) / count));
    }

    [Fact]
    public void Cutting_the_rows_into_chunks_changes_nothing()
    {
        const int rows = 23, columns = 48;
        using var whole = new KernelMatrix(rows, columns);
        using var cut = new KernelMatrix(rows, columns);
        DropoutMask.Fill(Seed, 2, 9, 5, rows, columns, whole.Stride, 0.3f, whole.Data);
        for (var (first, length) = (0, 1); first < rows; first += length++)
            DropoutMask.Fill(Seed, 2, 9, 5 + first, Math.Min(length, rows - first), columns, cut.Stride, 0.3f, cut.Data + (first * cut.Stride));
        whole.AssertSameBits(cut, "chunks");
    }

    /// <summary>A correlation of 100,000 independent pairs has a standard error of 1/√100,000; six of them bound every pair.</summary>
    [Fact]
    public void Neighbouring_seeds_steps_sites_rows_and_columns_are_uncorrelated()
    {
        const int rows = 400, columns = 256;
        using var mask = Mask(Seed, 4, 7, 0);
        using var seed = Mask(Seed + 1, 4, 7, 0);
        using var high = Mask(Seed + (1ul << 32), 4, 7, 0);
        using var step = Mask(Seed, 4, 8, 0);
        using var site = Mask(Seed, 5, 7, 0);
        using var exchanged = Mask(Seed, 7, 4, 0);
        using var row = Mask(Seed, 4, 7, 1);
        AssertUncorrelated(mask.Span, seed.Span, "seed");
        AssertUncorrelated(mask.Span, high.Span, "high half of the seed");
        AssertUncorrelated(mask.Span, step.Span, "step");
        AssertUncorrelated(mask.Span, site.Span, "site");
        AssertUncorrelated(mask.Span, exchanged.Span, "step and site exchanged");
        AssertUncorrelated(mask.Span, row.Span, "row");
        foreach (var lag in new[] { 1, 7, 8, 9, 32 }) AssertUncorrelated(mask.Span[lag..], mask.Span[..^lag], $"columns {lag} apart");

        static KernelMatrix Mask(ulong seed, uint site, uint step, int firstRow)
        {
            var mask = new KernelMatrix(rows, columns);
            DropoutMask.Fill(seed, site, step, firstRow, rows, columns, mask.Stride, 0.5f, mask.Data);
            return mask;
        }
    }

    private static void AssertUncorrelated(Span<float> a, Span<float> b, string what)
    {
        var sum = 0.0;
        for (var i = 0; i < a.Length; i++) sum += (a[i] - 1.0) * (b[i] - 1.0);
        var correlation = sum / a.Length;
        Assert.True(Math.Abs(correlation) <= 6 / Math.Sqrt(a.Length), $"{what}: masks correlate by {correlation:F4}");
    }

    private static KernelMatrix Dirty(int rows, int columns, int extra)
    {
        var matrix = new KernelMatrix(rows, columns, Layout.Stride(columns) + extra);
        matrix.Span.Fill(99);
        return matrix;
    }
}
