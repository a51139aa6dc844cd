using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class EffectiveTheoryTests
{
    private static readonly Split Seed58 = Split.ToyReference(Fixtures.Addition10.Samples, 45, 58);

    [Fact]
    public void Spectrum_of_all_parallelograms_of_ten_symbols()
    {
        double[] expected = [0, 0, 30, 31.271584, 36.547151, 38.376525, 42.138022, 45.728416, 47.314827, 48.623475];
        var spectrum = EffectiveTheory.OfAll(Fixtures.Addition10, Convention.Reference).GramSpectrum;
        for (var k = 0; k < expected.Length; k++) Assert.Equal(expected[k], spectrum[k], 5e-7);
        Assert.Equal(0.0, spectrum[1]);
    }

    [Fact]
    public void Gram_matrix_is_the_sum_over_parallelograms()
    {
        var trained = Seed58.Train.ToHashSet();
        var samples = Seed58.Samples;
        var expected = new double[100];
        var row = new int[10];
        foreach (var q in Fixtures.Addition10.Enumerate())
        {
            if (!trained.Contains(samples.IndexOf(q.I, q.J)) || !trained.Contains(samples.IndexOf(q.M, q.N))) continue;
            q.WriteRow(row);
            for (var k = 0; k < 100; k++) expected[k] += row[k / 10] * row[k % 10];
        }

        Assert.Equal(expected, EffectiveTheory.OfTraining(Fixtures.Addition10, Seed58, Convention.Paper).Gram);
    }

    [Fact]
    public void Seed_58_time_scales_in_both_conventions()
    {
        var reference = EffectiveTheory.OfTraining(Fixtures.Addition10, Seed58, Convention.Reference);
        Assert.Equal(44, reference.Parallelograms);
        Assert.Equal(12.42966, reference.Lambda3, 5e-6);
        Assert.Equal(2 * 12.42966 / 9, reference.Rate, 2e-6);
        Assert.Equal(9 / (2 * 12.42966 * 1e-3), reference.StepsPerRelaxation(1e-3)!.Value, 1e-3);

        var paper = EffectiveTheory.OfTraining(Fixtures.Addition10, Seed58, Convention.Paper);
        Assert.Equal(2 * 12.42966 / (44 * 10), paper.Lambda3, 5e-8);
        Assert.Equal(paper.Lambda3, paper.Rate);
        Assert.Equal(paper.Rate, SmallestPositive(paper), 1e-12);
        Assert.Equal(1 / paper.Rate, paper.RelaxationTime!.Value, 1e-9);
    }

    [Fact]
    public void A_set_without_unique_structure_has_no_time_scale()
    {
        var split = Split.ToyReference(Fixtures.Addition10.Samples, 20, 2);
        foreach (var convention in Enum.GetValues<Convention>())
        {
            var theory = EffectiveTheory.OfTraining(Fixtures.Addition10, split, convention);
            Assert.Equal(0.0, theory.Lambda3);
            Assert.Null(theory.StepsPerRelaxation(1e-3));
        }
    }

    [Fact]
    public void Reference_trajectory_of_seed_58()
    {
        var theory = EffectiveTheory.OfAll(Fixtures.Addition10, Convention.Reference);
        var trajectory = new EffectiveTrajectory(theory, ReferenceStart());
        var losses = new Dictionary<int, double>();
        var end = trajectory.Euler(1e-3, 5000, EffectiveFlow.Full, frozenNorm: true, (step, e) =>
        {
            if (step is 0 or 1000 or 2000) losses[step] = theory.Loss(e);
        });
        Assert.Equal(397.76654, losses[0], 1e-5);
        Assert.Equal(0.0319845, losses[1000], 5e-8);
        Assert.Equal(3.9e-8, losses[2000], 5e-10);
        Assert.Equal(9.0000, trajectory.InitialSquaredNorm, 5e-5);
        Assert.Equal(9.9337, EffectiveTrajectory.SquaredNorm(end), 5e-5);
        Assert.Equal(1.5615, end[0], 5e-5);
        Assert.Equal(-1.5615, end[9], 5e-5);

        var recomputed = trajectory.Euler(1e-3, 5000, EffectiveFlow.Full, frozenNorm: false);
        Assert.Equal(9.0442, EffectiveTrajectory.SquaredNorm(recomputed), 5e-5);
        Assert.Equal(1.48995, recomputed[0], 5e-6);
        Assert.Equal(-1.48995, recomputed[9], 5e-6);
    }

    [Fact]
    public void Trajectory_over_the_training_parallelograms_divided()
    {
        var theory = EffectiveTheory.OfTraining(Fixtures.Addition10, Seed58, Convention.Paper);
        var losses = new List<double>();
        new EffectiveTrajectory(theory, ReferenceStart()).Euler(1e-3, 2000, EffectiveFlow.Full, frozenNorm: true, (step, e) =>
        {
            if (step % 1000 == 0) losses.Add(theory.Loss(e));
        });
        Assert.Equal(3.8003579, losses[0], 6e-8);
        Assert.Equal(3.7421473, losses[1], 6e-8);
        Assert.Equal(3.6850664, losses[2], 6e-8);
    }

    [Theory]
    [InlineData(EffectiveFlow.Full, Convention.Paper)]
    [InlineData(EffectiveFlow.Full, Convention.Reference)]
    [InlineData(EffectiveFlow.Linear, Convention.Paper)]
    [InlineData(EffectiveFlow.Linear, Convention.Reference)]
    public void The_integrator_converges_to_the_sum_of_exponentials(EffectiveFlow flow, Convention convention)
    {
        var random = new CounterRandom(31, RandomStream.MonteCarlo);
        var theory = EffectiveTheory.OfTraining(Fixtures.Addition10, Seed58, convention);
        var start = NormalisedEmbedding.Of(Fixtures.Noise(30, random), 10, convention);
        var trajectory = new EffectiveTrajectory(theory, start);
        var time = convention == Convention.Paper ? 10.0 : 0.3;
        var exact = trajectory.At(time, flow);
        double Error(int steps) => exact.Zip(trajectory.Euler(time / steps, steps, flow, frozenNorm: flow == EffectiveFlow.Linear), (a, b) => Math.Abs(a - b)).Max();
        var (coarse, fine) = (Error(500), Error(1000));
        Assert.InRange(fine, 0, 2e-3);
        Assert.Equal(2.0, coarse / fine, 0.05);
        Assert.Equal(start, trajectory.At(0, flow), (a, b) => Math.Abs(a - b) < 1e-12);
    }

    [Fact]
    public void The_full_flow_keeps_Z0_and_a_centred_representation_and_ends_on_a_line()
    {
        var theory = EffectiveTheory.OfAll(Fixtures.Addition10, Convention.Paper);
        var trajectory = new EffectiveTrajectory(theory, NormalisedEmbedding.Of(Fixtures.Seed58Start, 10, Convention.Paper));
        foreach (var time in new[] { 0.0, 1, 10, 100, 1000 })
        {
            var embedding = trajectory.At(time, EffectiveFlow.Full);
            Assert.Equal(10, EffectiveTrajectory.SquaredNorm(embedding), 1e-9);
            Assert.Equal(0, trajectory.Centre(embedding)[0], 1e-9);
        }

        var end = trajectory.At(1000, EffectiveFlow.Full);
        for (var k = 1; k < 9; k++) Assert.Equal(end[k + 1] - end[k], end[k] - end[k - 1], 1e-9);
    }

    [Fact]
    public void A_centre_off_zero_grows_as_the_dropped_term_says()
    {
        var theory = EffectiveTheory.OfAll(Fixtures.Addition10, Convention.Paper);
        var start = NormalisedEmbedding.Of(Fixtures.Seed58Start, 10, Convention.Paper);
        for (var k = 0; k < 10; k++) start[k] += 0.5;
        var trajectory = new EffectiveTrajectory(theory, start);
        const double small = 1e-6;
        var change = (trajectory.Centre(trajectory.At(small, EffectiveFlow.Full))[0] - trajectory.Centre(start)[0]) / small;
        var norm = trajectory.InitialSquaredNorm;
        Assert.Equal(2 * theory.Loss(start) / (norm * norm) * trajectory.Centre(start)[0], change, 1e-4);
    }

    [Fact]
    public void Hessian_is_the_second_derivative_of_the_loss()
    {
        var theory = EffectiveTheory.OfTraining(Fixtures.Addition10, Seed58, Convention.Paper);
        var hessian = theory.Hessian(10);
        for (var i = 0; i < 10; i++)
        {
            for (var j = 0; j < 10; j++)
            {
                double At(int a, int b)
                {
                    var e = new double[10];
                    e[i] += a;
                    e[j] += b;
                    return theory.Loss(e);
                }

                Assert.Equal((At(1, 1) - At(1, -1) - At(-1, 1) + At(-1, -1)) / 4 / 10, hessian[(i * 10) + j], 1e-12);
            }
        }
    }

    [Theory]
    [InlineData(Convention.Paper)]
    [InlineData(Convention.Reference)]
    public void Runge_Kutta_knows_nothing_of_the_exact_solution_and_finds_it(Convention convention)
    {
        var theory = EffectiveTheory.OfTraining(Fixtures.Addition10, Seed58, convention);
        var start = NormalisedEmbedding.Of(Fixtures.Seed58Start, 10, convention);
        var trajectory = new EffectiveTrajectory(theory, start);
        var time = theory.RelaxationTime!.Value;
        var errors = ((int[])[200, 400]).Select(steps =>
        {
            var end = trajectory.RungeKutta(time / steps, steps);
            Assert.Equal(trajectory.InitialSquaredNorm, EffectiveTrajectory.SquaredNorm(end), 1e-6);
            Assert.Equal(0, end.Sum(), 1e-9);
            return end.Zip(trajectory.At(time, EffectiveFlow.Full), (one, other) => Math.Abs(one - other)).Max();
        }).ToArray();

        // Fourth order: half the step, a sixteenth of the error, unless rounding is all that is left.
        Assert.True(errors[0] < 1e-6 && (errors[1] < errors[0] / 10 || errors[1] < 1e-12), $"errors {errors[0]:E2} and {errors[1]:E2}");
    }

    private static double SmallestPositive(EffectiveTheory theory)
        => Numerics.LinearAlgebra.SymmetricEigen.Of(theory.Hessian(10), 10).Values[2];

    /// <summary>The reference code normalises in single precision, after its first optimiser step.</summary>
    private static double[] ReferenceStart()
    {
        var embedding = Fixtures.Seed58AfterOneStep;
        float sum = 0;
        foreach (var e in embedding) sum += e;
        var mean = sum / 10;
        float squares = 0;
        foreach (var e in embedding) squares += (e - mean) * (e - mean);
        var deviation = MathF.Sqrt(squares / 9);
        return Array.ConvertAll(embedding, e => (double)((e - mean) / deviation));
    }
}
