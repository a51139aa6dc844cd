namespace Goldilocks.Numerics.Tests;

/// <summary>Sums in their documented order, soft-max against double, arg-max.</summary>
public sealed unsafe class KernelReductionTests
{
    /// <summary>Soft-max of 2 to 55 classes: exp within 2 units, up to 55 roundings of the sum, one division; far below 100 units of 2^-24.</summary>
    private const double SoftmaxRelative = 100.0 / (1 << 24);

    [Theory]
    [InlineData(16)]
    [InlineData(32)]
    [InlineData(208)]
    [InlineData(11440)]
    public void Sum_folds_sixteen_running_sums_in_halves(int count)
    {
        using var x = new KernelMatrix(1, count, count).Fill(5);
        var lanes = new float[16];
        for (var i = 0; i < count; i++) lanes[i % 16] += x[0, i];
        for (var half = 8; half > 0; half /= 2)
            for (var i = 0; i < half; i++) lanes[i] += lanes[i + half];
        foreach (var set in KernelSets.All) Assert.Equal(lanes[0], Reductions.Sum(x.Data, count, set));
    }

    [Theory]
    [InlineData(1, 16)]
    [InlineData(45, 208)]
    [InlineData(7, 48)]
    public void SumRows_adds_row_by_row(int rows, int columns)
    {
        using var x = new KernelMatrix(rows, columns).Fill(6);
        using var old = new KernelMatrix(1, columns).Fill(7);
        foreach (var accumulate in new[] { false, true })
        {
            using var expected = old.Copy();
            for (var c = 0; c < columns; c++)
            {
                var sum = accumulate ? old[0, c] : 0f;
                for (var r = 0; r < rows; r++) sum += x[r, c];
                expected[0, c] = sum;
            }

            foreach (var set in KernelSets.All)
            {
                using var found = old.Copy();
                Reductions.SumRows(x.Data, rows, columns, x.Stride, found.Data, accumulate, set);
                expected.AssertSameBits(found, $"{set} accumulate={accumulate}");
            }
        }
    }

    [Theory]
    [InlineData(2, 1f)]
    [InlineData(19, 1f)]
    [InlineData(19, 30f)]
    [InlineData(55, 5f)]
    public void Softmax_and_its_logarithm_are_the_definition_at_every_width(int columns, float scale)
    {
        const int rows = 9;
        using var x = new KernelMatrix(rows, columns).Fill(8);
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) x[r, c] *= scale;
        foreach (var logarithm in new[] { false, true })
        {
            using var scalar = Dirty(rows, columns);
            Reductions.Softmax(x.Data, rows, columns, x.Stride, scalar.Data, logarithm, InstructionSet.Scalar);
            scalar.AssertPaddingIsZero($"logarithm={logarithm}");
            for (var r = 0; r < rows; r++)
            {
                var max = Enumerable.Range(0, columns).Max(c => (double)x[r, c]);
                var log = Math.Log(Enumerable.Range(0, columns).Sum(c => Math.Exp(x[r, c] - max)));
                for (var c = 0; c < columns; c++)
                {
                    var exact = x[r, c] - max - log;
                    var expected = logarithm ? exact : Math.Exp(exact);

                    // A rounding of x - max changes e^(x - max) by as much relative to one as x - max is large.
                    var bound = SoftmaxRelative * (logarithm ? Math.Max(1, Math.Abs(exact)) : expected * Math.Max(1, Math.Abs(exact)));
                    Assert.True(Math.Abs(expected - scalar[r, c]) <= bound, $"[{r}, {c}] logarithm={logarithm}: expected {expected:R} ± {bound:E1}, found {scalar[r, c]:R}");
                }
            }

            foreach (var set in KernelSets.Vectors)
            {
                using var found = Dirty(rows, columns);
                Reductions.Softmax(x.Data, rows, columns, x.Stride, found.Data, logarithm, set);
                scalar.AssertSameBits(found, $"{set} logarithm={logarithm}");
            }
        }
    }

    [Fact]
    public void Softmax_of_not_a_number_is_not_a_number()
    {
        using var x = new KernelMatrix(1, 5).Fill(1);
        using var y = new KernelMatrix(1, 5);
        x[0, 3] = float.NaN;
        foreach (var set in KernelSets.All)
        {
            Reductions.Softmax(x.Data, 1, 5, x.Stride, y.Data, logarithm: false, set);
            for (var c = 0; c < 5; c++) Assert.True(float.IsNaN(y[0, c]), $"{set}: soft-max of a row with NaN gave {y[0, c]:R}");
        }
    }

    [Fact]
    public void ArgMax_takes_the_first_of_equals_and_never_sees_padding()
    {
        using var x = new KernelMatrix(1, 5);
        float[] values = [-3, -1, -2, -1, -5];
        values.CopyTo(x.Span);
        Assert.Equal(1, Reductions.ArgMax(x.Data, 5));
        Assert.Equal(0, Reductions.ArgMax(x.Data, 1));
        values = [2, 2, 7, 7, 7];
        values.CopyTo(x.Span);
        Assert.Equal(2, Reductions.ArgMax(x.Data, 5));
    }

    /// <summary>Few different values, so that equals fall into every place of one, two and more vectors.</summary>
    [Fact]
    public void ArgMax_is_the_plain_loops_at_every_length()
    {
        var random = new Random(12);
        for (var columns = 1; columns <= 40; columns++)
        {
            using var x = new KernelMatrix(1, columns);
            for (var trial = 0; trial < 200; trial++)
            {
                for (var c = 0; c < columns; c++) x[0, c] = trial % 10 == 9 && random.Next(columns) == 0 ? float.NaN : random.Next(-columns, 0);
                var expected = 0;
                for (var c = 1; c < columns; c++)
                    if (x[0, c] > x[0, expected]) expected = c;
                Assert.Equal(expected, Reductions.ArgMax(x.Data, columns));
            }
        }
    }

    private static KernelMatrix Dirty(int rows, int columns)
    {
        var matrix = new KernelMatrix(rows, columns);
        matrix.Span.Fill(99);
        return matrix;
    }
}
