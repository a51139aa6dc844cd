namespace Goldilocks.Numerics.Tests;

/// <summary>AdamW against its formula written out in double.</summary>
public sealed unsafe class KernelAdamWTests
{
    private const int Steps = 100;
    private const int Rows = 3;
    private const int Columns = 37;

    /// <summary>
    /// A step rounds p twice (decay, update) by 2^-24 of its size, and its update of about one learning rate by a few more: with |p| ≤ 2, a
    /// learning rate of 0.01 and 100 steps at most 100·(2·2 + 10·0.01)·2^-24.
    /// </summary>
    private const double HundredSteps = Steps * 4.1 / (1 << 24);

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void A_hundred_steps_follow_the_formula_in_double(double weightDecay)
    {
        var options = new AdamWOptions(0.01, weightDecay);
        using var run = new Run();
        var (p, m, v) = (new double[Rows, Columns], new double[Rows, Columns], new double[Rows, Columns]);
        for (var r = 0; r < Rows; r++)
            for (var c = 0; c < Columns; c++) p[r, c] = run.Parameters[r, c];
        var worst = 0.0;
        for (var t = 1; t <= Steps; t++)
        {
            run.Step(options, t, InstructionSet.Scalar);
            for (var r = 0; r < Rows; r++)
            {
                for (var c = 0; c < Columns; c++)
                {
                    double g = run.Gradients[r, c];
                    p[r, c] -= 0.01 * weightDecay * p[r, c];
                    m[r, c] = (0.9 * m[r, c]) + ((1 - 0.9) * g);
                    v[r, c] = (0.999 * v[r, c]) + ((1 - 0.999) * g * g);
                    var (mean, square) = (m[r, c] / (1 - Math.Pow(0.9, t)), v[r, c] / (1 - Math.Pow(0.999, t)));
                    p[r, c] -= 0.01 * mean / (Math.Sqrt(square) + 1e-8);
                    var error = Math.Abs(p[r, c] - run.Parameters[r, c]);
                    worst = Math.Max(worst, error);
                    Assert.True(error <= HundredSteps, $"step {t} [{r}, {c}] (gradient {g:R}): expected {p[r, c]:R} ± {HundredSteps:E1}, found {run.Parameters[r, c]:R}");
                }
            }
        }

        Assert.True(worst > 0, "Single precision agrees with double exactly. HINT: the twin reads the kernel's own result.");
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(0.5)]
    public void All_widths_give_the_same_bits_and_padding_stays_zero(double weightDecay)
    {
        var options = new AdamWOptions(0.01, weightDecay);
        using var scalar = new Run();
        for (var t = 1; t <= Steps; t++) scalar.Step(options, t, InstructionSet.Scalar);
        scalar.Parameters.AssertPaddingIsZero("scalar");
        foreach (var set in KernelSets.Vectors)
        {
            using var run = new Run();
            for (var t = 1; t <= Steps; t++) run.Step(options, t, set);
            scalar.Parameters.AssertSameBits(run.Parameters, $"{set} p");
            scalar.First.AssertSameBits(run.First, $"{set} m");
            scalar.Second.AssertSameBits(run.Second, $"{set} v");
        }
    }

    [Theory]
    [InlineData(0.0)]
    [InlineData(2.0)]
    public void The_first_step_is_one_learning_rate_against_the_gradients_sign(double weightDecay)
    {
        const double rate = 0.01;
        using var run = new Run();
        using var before = run.Parameters.Copy();
        run.Step(new AdamWOptions(rate, weightDecay), 1, InstructionSets.Best);
        for (var r = 0; r < Rows; r++)
        {
            for (var c = 0; c < Columns; c++)
            {
                double g = run.Gradients[r, c];

                // m̂ = g and v̂ = g², so p ← p·(1 − lr·wd) − lr·g/(|g| + ε). Two roundings of p, a few of the update.
                var expected = (before[r, c] * (1 - (rate * weightDecay))) - (rate * g / (Math.Abs(g) + 1e-8));
                Assert.Equal(expected, run.Parameters[r, c], 4.1 / (1 << 24));
            }
        }
    }

    [Fact]
    public void No_gradient_and_no_decay_leave_a_parameter_alone()
    {
        using var run = new Run();
        using var before = run.Parameters.Copy();
        run.Gradients.Span.Clear();
        AdamW.Update(new AdamWOptions(0.01), 1, run.Parameters.Data, run.Gradients.Data, run.First.Data, run.Second.Data, run.Parameters.Size, InstructionSets.Best);
        before.AssertSameBits(run.Parameters, "p");
    }

    private sealed class Run : IDisposable
    {
        private readonly Random _random = new(11);

        public KernelMatrix Parameters { get; } = new KernelMatrix(Rows, Columns).Fill(1);

        public KernelMatrix Gradients { get; } = new(Rows, Columns);

        public KernelMatrix First { get; } = new(Rows, Columns);

        public KernelMatrix Second { get; } = new(Rows, Columns);

        /// <summary>One update with new gradients of sizes 1e-6 to 1e3, some of them zero.</summary>
        public void Step(AdamWOptions options, long step, InstructionSet set)
        {
            for (var r = 0; r < Rows; r++)
                for (var c = 0; c < Columns; c++)
                    Gradients[r, c] = c % 10 == 3 ? 0 : (float)((_random.NextDouble() - 0.5) * Math.Pow(10, (c % 10) - 6));
            AdamW.Update(options, step, Parameters.Data, Gradients.Data, First.Data, Second.Data, Parameters.Size, set);
        }

        public void Dispose()
        {
            Parameters.Dispose();
            Gradients.Dispose();
            First.Dispose();
            Second.Dispose();
        }
    }
}
