namespace Goldilocks.Numerics.Tests;

/// <summary>tanh and exp over sweeps of bit patterns, against <see cref="Math"/> in double.</summary>
public sealed unsafe class KernelTranscendentalTests
{
    private const double TanhUlps = 3;
    private const double ExpUlps = 2;

    /// <summary>A prime number of bit patterns between neighbouring arguments, so that all mantissas are met.</summary>
    private const int Stride = 1009;

    private delegate void Function(float* x, float* z, long count, InstructionSet set);

    [Fact]
    public void Tanh_is_within_three_ulps_everywhere()
    {
        using var x = Sweep(0, BitConverter.SingleToInt32Bits(float.PositiveInfinity));
        CheckUlps(x, Elementwise.Tanh, Math.Tanh, TanhUlps, "tanh");
        for (var i = 0; i < x.Columns; i++) x[0, i] = -x[0, i];
        CheckUlps(x, Elementwise.Tanh, Math.Tanh, TanhUlps, "tanh");
    }

    [Fact]
    public void Exp_is_within_two_ulps_down_to_its_limit()
    {
        using var x = Sweep(BitConverter.SingleToInt32Bits(0f), BitConverter.SingleToInt32Bits(87f));
        for (var i = 0; i < x.Columns; i++) x[0, i] = -x[0, i];
        CheckUlps(x, Elementwise.ExpOfNegative, Math.Exp, ExpUlps, "exp");
    }

    [Fact]
    public void Exp_below_its_limit_is_that_of_the_limit()
    {
        foreach (var set in KernelSets.All)
        {
            var limit = One(Elementwise.ExpOfNegative, -87, set);
            foreach (var x in new[] { -87.5f, -88, -100, -1e10f, float.MinValue, float.NegativeInfinity }) Assert.Equal(limit, One(Elementwise.ExpOfNegative, x, set));
            Assert.Equal(1, One(Elementwise.ExpOfNegative, 0, set));
        }
    }

    [Fact]
    public void Tanh_keeps_the_sign_of_zero_tiny_values_and_the_limits()
    {
        foreach (var set in KernelSets.All)
        {
            AssertBits(0f, One(Elementwise.Tanh, 0f, set));
            AssertBits(-0f, One(Elementwise.Tanh, -0f, set));
            AssertBits(float.Epsilon, One(Elementwise.Tanh, float.Epsilon, set));
            AssertBits(-1e-30f, One(Elementwise.Tanh, -1e-30f, set));
            AssertBits(1, One(Elementwise.Tanh, float.MaxValue, set));
            AssertBits(1, One(Elementwise.Tanh, float.PositiveInfinity, set));
            AssertBits(-1, One(Elementwise.Tanh, float.NegativeInfinity, set));
        }
    }

    [Fact]
    public void Not_a_number_stays_not_a_number()
    {
        foreach (var set in KernelSets.All)
        {
            Assert.True(float.IsNaN(One(Elementwise.Tanh, float.NaN, set)), $"{set}: tanh(NaN) is a number. HINT: max(NaN, limit) must be NaN, or a diverged run looks sane.");
            Assert.True(float.IsNaN(One(Elementwise.ExpOfNegative, float.NaN, set)), $"{set}: exp(NaN) is a number. HINT: max(NaN, limit) must be NaN.");
        }
    }

    [Fact]
    public void Tanh_never_leaves_the_unit_interval_and_never_falls()
    {
        using var x = Sweep(BitConverter.SingleToInt32Bits(1f), BitConverter.SingleToInt32Bits(12f));
        using var z = new KernelMatrix(1, x.Columns, x.Stride);
        Elementwise.Tanh(x.Data, z.Data, x.Size, InstructionSet.Scalar);
        for (var i = 1; i < x.Columns; i++)
        {
            Assert.InRange(z[0, i], 0, 1);

            // Two neighbours in the sweep are 1009 patterns apart: their errors of at most 3 units each cannot turn the order round by more than 6.
            Assert.True(z[0, i] >= z[0, i - 1] - (6 * Ulp(1)), $"tanh({x[0, i]:R}) = {z[0, i]:R} lies below tanh({x[0, i - 1]:R}) = {z[0, i - 1]:R}");
        }
    }

    private static void CheckUlps(KernelMatrix x, Function kernel, Func<double, double> truth, double allowed, string name)
    {
        using var expected = new KernelMatrix(1, x.Columns, x.Stride);
        kernel(x.Data, expected.Data, x.Size, InstructionSet.Scalar);
        var (worst, where) = (0.0, 0);
        for (var i = 0; i < x.Columns; i++)
        {
            var exact = truth(x[0, i]);
            var error = Math.Abs(expected[0, i] - exact) / Ulp(exact);
            if (error > worst || double.IsNaN(error)) (worst, where) = (error, i);
        }

        Assert.True(worst <= allowed, $"{name}({x[0, where]:R}): expected {truth(x[0, where]):R}, found {expected[0, where]:R}, {worst:F2} units in the last place, allowed {allowed}");
        foreach (var set in KernelSets.Vectors)
        {
            using var found = new KernelMatrix(1, x.Columns, x.Stride);
            kernel(x.Data, found.Data, x.Size, set);
            expected.AssertSameBits(found, $"{set} {name}");
        }
    }

    /// <summary>Distance of neighbouring floats at a value.</summary>
    private static double Ulp(double value)
    {
        var magnitude = Math.Abs(value);
        return magnitude < 1.1754943508222875e-38 ? Math.ScaleB(1, -149) : Math.ScaleB(1, Math.ILogB(magnitude) - 23);
    }

    private static KernelMatrix Sweep(int from, int to)
    {
        var count = ((to - from) / Stride) + 1;
        var x = new KernelMatrix(1, count, Layout.Pad(count));
        for (var i = 0; i < count; i++) x[0, i] = BitConverter.Int32BitsToSingle(from + (i * Stride));
        return x;
    }

    private static float One(Function kernel, float value, InstructionSet set)
    {
        using var x = new KernelMatrix(1, Layout.Lanes);
        using var z = new KernelMatrix(1, Layout.Lanes);
        x.Span.Fill(value);
        kernel(x.Data, z.Data, Layout.Lanes, set);
        return z[0, 5];
    }

    private static void AssertBits(float expected, float found) => Assert.Equal(BitConverter.SingleToInt32Bits(expected), BitConverter.SingleToInt32Bits(found));
}
