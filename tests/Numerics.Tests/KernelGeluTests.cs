namespace Goldilocks.Numerics.Tests;

/// <summary>erf and Gelu against double precision: erf from its series, gradients from central differences of the definition.</summary>
public sealed unsafe class KernelGeluTests
{
    private const double ErfError = 2e-7;

    /// <summary>Gelu multiplies an error of erf of at most 2e-7 by x/2; beyond 6 only the roundings of x·Φ are left.</summary>
    private const double GeluError = 6e-7;

    /// <summary>Half of erf's error, and x·φ(x) ≤ 0.25 within a few units of 2^-24.</summary>
    private const double SlopeError = 5e-7;

    /// <summary>An error δ of tanh near ±1 leaves 2δ in 1 − tanh², whose factor reaches 9.6 (at x = 5.2) before tanh rounds to ±1; δ is up to 1.5 units of 2^-24.</summary>
    private const double TanhSlopeError = 2e-6;

    private static readonly float[] Special =
        [0f, -0f, float.Epsilon, 1e-30f, -1e-30f, 12.99f, -12.99f, 13f, 14f, -14f, 1e10f, -1e10f, 1e30f, -1e30f, float.MaxValue, float.MinValue];

    [Fact]
    public void Erf_is_within_its_stated_error_at_every_width()
    {
        using var x = Arguments();
        using var expected = new KernelMatrix(1, x.Columns, x.Stride);
        Erf<Simd1>(x, expected);
        for (var i = 0; i < x.Columns; i++)
        {
            var truth = TrueErf(x[0, i]);
            Assert.True(Math.Abs(expected[0, i] - truth) <= ErfError, $"erf({x[0, i]:R}): expected {truth:R} ± {ErfError:E0}, found {expected[0, i]:R}");
        }

        using var found = new KernelMatrix(1, x.Columns, x.Stride);
        Erf<Simd4>(x, found);
        expected.AssertSameBits(found, "erf, 4 lanes");
        Erf<Simd8>(x, found);
        expected.AssertSameBits(found, "erf, 8 lanes");
        Erf<Simd16>(x, found);
        expected.AssertSameBits(found, "erf, 16 lanes");
    }

    [Fact]
    public void Erf_is_odd_zero_at_zero_and_one_in_the_limit()
    {
        float[] arguments = [0f, -0f, 1e-38f, 3.9f, 5f, float.MaxValue, float.PositiveInfinity];
        using var x = new KernelMatrix(1, arguments.Length);
        using var minus = new KernelMatrix(1, arguments.Length);
        using var z = new KernelMatrix(1, arguments.Length);
        using var mirrored = new KernelMatrix(1, arguments.Length);
        for (var i = 0; i < arguments.Length; i++) (x[0, i], minus[0, i]) = (arguments[i], -arguments[i]);
        Erf<Simd8>(x, z);
        Erf<Simd8>(minus, mirrored);
        for (var i = 0; i < arguments.Length; i++) Assert.Equal(BitConverter.SingleToInt32Bits(-z[0, i]), BitConverter.SingleToInt32Bits(mirrored[0, i]));
        Assert.Equal(0, BitConverter.SingleToInt32Bits(z[0, 0]));
        Assert.Equal(1.12837917e-38, z[0, 2], 1e-44);
        for (var i = 4; i < arguments.Length; i++) Assert.Equal(1, z[0, i]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Gelu_is_the_definition_at_every_width(bool tanh)
    {
        using var x = Arguments();
        using var expected = new KernelMatrix(1, x.Columns, x.Stride);
        Elementwise.Gelu(x.Data, expected.Data, x.Size, InstructionSet.Scalar, tanh);
        for (var i = 0; i < x.Columns; i++)
        {
            var truth = Definition(x[0, i], tanh);
            var bound = GeluError + (Math.Abs(truth) * 1.2e-7);
            Assert.True(Math.Abs(expected[0, i] - truth) <= bound, $"gelu({x[0, i]:R}) tanh={tanh}: expected {truth:R} ± {bound:E1}, found {expected[0, i]:R}");
        }

        foreach (var set in KernelSets.Vectors)
        {
            using var found = x.Copy();
            Elementwise.Gelu(found.Data, found.Data, x.Size, set, tanh);
            expected.AssertSameBits(found, $"{set} tanh={tanh}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GeluGradient_is_the_slope_of_the_definition_at_every_width(bool tanh)
    {
        const double h = 1e-5;
        var allowed = tanh ? TanhSlopeError : SlopeError;
        using var x = Arguments();
        using var dy = new KernelMatrix(1, x.Columns, x.Stride).Fill(3);
        using var expected = new KernelMatrix(1, x.Columns, x.Stride);
        Elementwise.GeluGradient(x.Data, dy.Data, expected.Data, x.Size, InstructionSet.Scalar, tanh);
        for (var i = 0; i < x.Columns; i++)
        {
            var slope = Math.Abs(x[0, i]) > 20 ? (x[0, i] > 0 ? 1 : 0) : (Definition(x[0, i] + h, tanh) - Definition(x[0, i] - h, tanh)) / (2 * h);
            var truth = dy[0, i] * slope;
            Assert.True(Math.Abs(expected[0, i] - truth) <= allowed, $"gelu'({x[0, i]:R}) tanh={tanh}: expected {truth:R} ± {allowed:E0}, found {expected[0, i]:R}");
        }

        foreach (var set in KernelSets.Vectors)
        {
            using var found = dy.Copy();
            Elementwise.GeluGradient(x.Data, found.Data, found.Data, x.Size, set, tanh);
            expected.AssertSameBits(found, $"{set} tanh={tanh}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Not_a_number_stays_not_a_number(bool tanh)
    {
        foreach (var set in KernelSets.All)
        {
            using var x = new KernelMatrix(1, Layout.Lanes);
            using var z = new KernelMatrix(1, Layout.Lanes);
            x.Span.Fill(float.NaN);
            Elementwise.Gelu(x.Data, z.Data, x.Size, set, tanh);
            Assert.True(float.IsNaN(z[0, 3]), $"{set}: gelu(NaN) is {z[0, 3]}; a diverged run would look sane.");
            z.Span.Fill(1);
            Elementwise.GeluGradient(x.Data, z.Data, z.Data, x.Size, set, tanh);
            Assert.True(float.IsNaN(z[0, 3]), $"{set}: gelu'(NaN) is {z[0, 3]}; a diverged run would look sane.");
        }
    }

    private static double Definition(double x, bool tanh) =>
        tanh ? 0.5 * x * (1 + Math.Tanh(Math.Sqrt(2 / Math.PI) * (x + (0.044715 * x * x * x)))) : 0.5 * x * (1 + TrueErf(x / Math.Sqrt(2)));

    /// <summary>2/√π·e^(−x²)·Σ 2ⁿx²ⁿ⁺¹/(2n + 1)!!: no term cancels another.</summary>
    private static double TrueErf(double x)
    {
        if (Math.Abs(x) > 6) return Math.Sign(x);
        var (term, sum) = (x, x);
        for (var n = 1; n < 200; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    private static void Erf<V>(KernelMatrix x, KernelMatrix z)
        where V : unmanaged, ISimd<V>
    {
        for (var i = 0; i < x.Size; i += V.Lanes) Transcendental.Erf(V.Load(x.Data + i)).Store(z.Data + i);
    }

    /// <summary>A fine grid over [−10, 10], and values where powers overflow or vanish.</summary>
    private static KernelMatrix Arguments()
    {
        const int grid = 200_001;
        var x = new KernelMatrix(1, grid + Special.Length);
        for (var i = 0; i < grid; i++) x[0, i] = (i - (grid / 2)) * 1e-4f;
        for (var i = 0; i < Special.Length; i++) x[0, grid + i] = Special[i];
        return x;
    }
}
