namespace Goldilocks.Numerics.Tests;

/// <summary>Layer normalisation against its definition in double; gradients against central differences of that definition.</summary>
public sealed unsafe class KernelNormalizationTests
{
    private const float Epsilon = 1e-5f;

    /// <summary>Values of order one through some ten roundings and sums of up to 300 terms in sixteen chains; below 100 units of 2^-24.</summary>
    private const double Relative = 100.0 / (1 << 24);

    /// <summary>The same, over a central difference with h = 1e-4 that itself errs by some 1e-7.</summary>
    private const double GradientRelative = 1e-5;

    [Theory]
    [InlineData(1, 2, 0, true)]
    [InlineData(5, 16, 0, false)]
    [InlineData(7, 32, 0, true)]
    [InlineData(6, 37, 16, true)]
    [InlineData(3, 300, 0, true)]
    [InlineData(4, 300, 32, false)]
    public void Forward_is_the_definition_at_every_width(int rows, int columns, int extra, bool biased)
    {
        using var x = Inputs(rows, columns, extra, 1);
        using var scale = new KernelMatrix(1, columns).Fill(2);
        using var bias = new KernelMatrix(1, columns).Fill(3);
        using var scalar = Dirty(x);
        using var scalarMean = new KernelMatrix(1, rows);
        using var scalarInverse = new KernelMatrix(1, rows);
        Normalization.Forward(x.Data, rows, columns, x.Stride, scale.Data, biased ? bias.Data : null, Epsilon, scalar.Data, scalarMean.Data, scalarInverse.Data, InstructionSet.Scalar);
        var values = Doubles(x);
        for (var r = 0; r < rows; r++)
        {
            var (mean, inverse) = Moments(values, r);
            Assert.Equal(mean, scalarMean[0, r], Relative * Math.Max(1, Math.Abs(mean)));
            Assert.Equal(inverse, scalarInverse[0, r], Relative * inverse);
            for (var c = 0; c < columns; c++)
            {
                var expected = ((values[r, c] - mean) * inverse * scale[0, c]) + (biased ? bias[0, c] : 0);
                var bound = Relative * Math.Max(1, inverse);
                Assert.True(Math.Abs(expected - scalar[r, c]) <= bound, $"[{r}, {c}]: expected {expected:R} ± {bound:E1}, found {scalar[r, c]:R}");
            }
        }

        AssertPadding(scalar);
        foreach (var set in KernelSets.Vectors)
        {
            using var found = Dirty(x);
            using var mean = new KernelMatrix(1, rows);
            using var inverse = new KernelMatrix(1, rows);
            Normalization.Forward(x.Data, rows, columns, x.Stride, scale.Data, biased ? bias.Data : null, Epsilon, found.Data, mean.Data, inverse.Data, set);
            scalar.AssertSameBits(found, $"{set} y");
            scalarMean.AssertSameBits(mean, $"{set} mean");
            scalarInverse.AssertSameBits(inverse, $"{set} inverse");
        }
    }

    [Theory]
    [InlineData(1, 2, 0)]
    [InlineData(5, 16, 0)]
    [InlineData(6, 37, 16)]
    [InlineData(2, 100, 0)]
    public void Gradients_are_those_of_the_definition_at_every_width(int rows, int columns, int extra)
    {
        const double h = 1e-4;
        using var x = Inputs(rows, columns, extra, 4);
        using var dy = new KernelMatrix(rows, columns, x.Stride).Fill(5);
        using var scale = new KernelMatrix(1, columns).Fill(6);
        using var old = new KernelMatrix(1, columns).Fill(7);
        using var y = new KernelMatrix(rows, columns, x.Stride);
        using var mean = new KernelMatrix(1, rows);
        using var inverse = new KernelMatrix(1, rows);
        Normalization.Forward(x.Data, rows, columns, x.Stride, scale.Data, null, Epsilon, y.Data, mean.Data, inverse.Data, InstructionSet.Scalar);
        using var scalar = Dirty(x);
        Normalization.Gradient(x.Data, dy.Data, rows, columns, x.Stride, scale.Data, mean.Data, inverse.Data, scalar.Data, InstructionSet.Scalar);
        using var dScale = old.Copy();
        using var dBias = old.Copy();
        Normalization.ParameterGradient(x.Data, dy.Data, rows, columns, x.Stride, mean.Data, inverse.Data, dScale.Data, dBias.Data, accumulate: true, InstructionSet.Scalar);

        var values = Doubles(x);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < columns; c++)
            {
                var middle = values[r, c];
                values[r, c] = middle + h;
                var above = Objective(values, r, scale, dy);
                values[r, c] = middle - h;
                var below = Objective(values, r, scale, dy);
                values[r, c] = middle;
                AssertNear((above - below) / (2 * h), scalar[r, c], GradientRelative * Math.Max(1, inverse[0, r]), $"dx[{r}, {c}]");
            }
        }

        for (var c = 0; c < columns; c++)
        {
            var (forScale, forBias) = ((double)old[0, c], (double)old[0, c]);
            for (var r = 0; r < rows; r++)
            {
                var (center, factor) = Moments(values, r);
                forScale += dy[r, c] * (values[r, c] - center) * factor;
                forBias += dy[r, c];
            }

            AssertNear(forScale, dScale[0, c], Relative * inverse.Span.ToArray().Max() * rows, $"dScale[{c}]");
            AssertNear(forBias, dBias[0, c], Relative * rows, $"dBias[{c}]");
        }

        AssertPadding(scalar);
        dScale.AssertPaddingIsZero("dScale");
        foreach (var set in KernelSets.Vectors)
        {
            using var found = dy.Copy();
            Normalization.Gradient(x.Data, found.Data, rows, columns, x.Stride, scale.Data, mean.Data, inverse.Data, found.Data, set);
            for (var r = 0; r < rows; r++) Assert.True(new Span<float>(scalar.Data + (r * x.Stride), Layout.Pad(columns)).SequenceEqual(new Span<float>(found.Data + (r * x.Stride), Layout.Pad(columns))), $"{set} dx row {r}");
            using var foundScale = old.Copy();
            using var foundBias = old.Copy();
            Normalization.ParameterGradient(x.Data, dy.Data, rows, columns, x.Stride, mean.Data, inverse.Data, foundScale.Data, foundBias.Data, accumulate: true, set);
            dScale.AssertSameBits(foundScale, $"{set} dScale");
            dBias.AssertSameBits(foundBias, $"{set} dBias");
        }
    }

    [Fact]
    public void Parameter_gradients_start_from_zero_unless_they_accumulate_and_may_be_left_out()
    {
        const int rows = 4, columns = 20;
        using var x = Inputs(rows, columns, 0, 8);
        using var dy = new KernelMatrix(rows, columns).Fill(9);
        using var mean = new KernelMatrix(1, rows).Fill(10);
        using var inverse = new KernelMatrix(1, rows).Fill(11);
        foreach (var set in KernelSets.All)
        {
            using var zero = new KernelMatrix(1, columns);
            using var zeroBias = new KernelMatrix(1, columns);
            using var dirty = new KernelMatrix(1, columns);
            using var dirtyBias = new KernelMatrix(1, columns);
            dirty.Span.Fill(99);
            dirtyBias.Span.Fill(99);
            Normalization.ParameterGradient(x.Data, dy.Data, rows, columns, x.Stride, mean.Data, inverse.Data, zero.Data, zeroBias.Data, accumulate: true, set);
            Normalization.ParameterGradient(x.Data, dy.Data, rows, columns, x.Stride, mean.Data, inverse.Data, dirty.Data, null, accumulate: false, set);
            zero.AssertSameBits(dirty, $"{set} dScale alone");
            Normalization.ParameterGradient(x.Data, dy.Data, rows, columns, x.Stride, mean.Data, inverse.Data, null, dirtyBias.Data, accumulate: false, set);
            zeroBias.AssertSameBits(dirtyBias, $"{set} dBias alone");
        }
    }

    /// <summary>Rows far from zero: one pass over x² would lose all digits of the variance.</summary>
    [Fact]
    public void The_variance_survives_a_large_mean()
    {
        const int columns = 64;
        using var x = new KernelMatrix(1, columns).Fill(12);
        for (var c = 0; c < columns; c++) x[0, c] = 1000 + (0.01f * x[0, c]);
        using var scale = new KernelMatrix(1, columns);
        scale.Span.Fill(1);
        using var y = new KernelMatrix(1, columns);
        float mean, inverse;
        Normalization.Forward(x.Data, 1, columns, x.Stride, scale.Data, null, Epsilon, y.Data, &mean, &inverse, InstructionSets.Best);

        // The mean is a float near 1000 and may err by some units of 2^-14; the variance then errs by the square of that.
        Assert.Equal(Moments(Doubles(x), 0).Inverse, inverse, 1e-3 * inverse);
    }

    [Fact]
    public void Not_a_number_fills_its_row_but_no_padding()
    {
        using var x = Inputs(2, 20, 0, 13);
        x[0, 4] = float.NaN;
        using var scale = new KernelMatrix(1, 20).Fill(14);
        using var moments = new KernelMatrix(2, 16);
        foreach (var set in KernelSets.All)
        {
            using var y = new KernelMatrix(2, 20);
            Normalization.Forward(x.Data, 2, 20, x.Stride, scale.Data, null, Epsilon, y.Data, moments.Data, moments.Data + 16, set);
            for (var c = 0; c < 20; c++) Assert.True(float.IsNaN(y[0, c]) && !float.IsNaN(y[1, c]), $"{set} column {c}: {y[0, c]}, {y[1, c]}");
            y.AssertPaddingIsZero($"{set}");
        }
    }

    private static KernelMatrix Inputs(int rows, int columns, int extra, int seed)
    {
        var x = new KernelMatrix(rows, columns, Layout.Stride(columns) + extra).Fill(seed);
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) x[r, c] = (x[r, c] * (r + 1)) + r - 1;
        return x;
    }

    private static KernelMatrix Dirty(KernelMatrix like)
    {
        var matrix = new KernelMatrix(like.Rows, like.Columns, like.Stride);
        matrix.Span.Fill(99);
        return matrix;
    }

    /// <summary>Zero up to whole lines; what a wider stride holds beyond is left alone.</summary>
    private static void AssertPadding(KernelMatrix z)
    {
        for (var r = 0; r < z.Rows; r++)
            for (var c = z.Columns; c < z.Stride; c++) Assert.Equal(c < Layout.Pad(z.Columns) ? 0 : 99, z[r, c]);
    }

    private static double[,] Doubles(KernelMatrix x)
    {
        var values = new double[x.Rows, x.Columns];
        for (var r = 0; r < x.Rows; r++)
            for (var c = 0; c < x.Columns; c++) values[r, c] = x[r, c];
        return values;
    }

    private static (double Mean, double Inverse) Moments(double[,] x, int row)
    {
        var columns = x.GetLength(1);
        var (mean, variance) = (0.0, 0.0);
        for (var c = 0; c < columns; c++) mean += x[row, c] / columns;
        for (var c = 0; c < columns; c++) variance += (x[row, c] - mean) * (x[row, c] - mean) / columns;
        return (mean, 1 / Math.Sqrt(variance + Epsilon));
    }

    /// <summary>Σ_c dy·y of one row.</summary>
    private static double Objective(double[,] x, int row, KernelMatrix scale, KernelMatrix dy)
    {
        var (mean, inverse) = Moments(x, row);
        var sum = 0.0;
        for (var c = 0; c < x.GetLength(1); c++) sum += dy[row, c] * (x[row, c] - mean) * inverse * scale[0, c];
        return sum;
    }

    private static void AssertNear(double expected, float found, double bound, string what)
        => Assert.True(Math.Abs(expected - found) <= bound, $"{what}: expected {expected:R} ± {bound:E1}, found {found:R}");
}
