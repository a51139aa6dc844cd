using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class CorrelationTrapsTests
{
    private static readonly (int Rows, int Columns)[] Shapes = [(48, 48), (100, 24), (30, 90), (64, 40), (12, 200)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Noise_has_no_trap(bool uniform)
    {
        var random = new CounterRandom(8, RandomStream.MonteCarlo, uniform ? 1u : 0);
        var traps = 0;
        for (var i = 0; i < 200; i++)
        {
            var (rows, columns) = Shapes[i % Shapes.Length];
            traps += CorrelationTraps.Of(Noise(rows * columns, uniform, random), rows, columns, (ulong)i).Traps;
        }

        Assert.InRange(traps, 0, 1);
    }

    [Theory]
    [InlineData(30)]
    [InlineData(3000)]
    public void One_large_entry_is_one_trap_and_leaves_the_edge_alone(float entry)
    {
        var random = new CounterRandom(9, RandomStream.MonteCarlo);
        foreach (var (rows, columns) in Shapes)
        {
            var weights = Noise(rows * columns, uniform: false, random);
            var before = CorrelationTraps.Of(weights, rows, columns, 1);
            weights[rows + columns] = entry;
            var after = CorrelationTraps.Of(weights, rows, columns, 1);
            Assert.Equal(0, before.Traps);
            Assert.Equal(1, after.Traps);
            Assert.Equal(1, after.Edge / before.Edge, 0.06);
        }
    }

    [Fact]
    public void A_strong_correlation_is_shuffled_away()
    {
        // A rank-one part makes the largest eigenvalue huge, but its entries are as small as the others.
        const int rows = 80, columns = 50;
        var random = new CounterRandom(10, RandomStream.MonteCarlo);
        var weights = Noise(rows * columns, uniform: false, random);
        for (var r = 0; r < rows; r++)
            for (var c = 0; c < columns; c++) weights[(r * columns) + c] += (r + c) % 2 == 0 ? 1 : -1;
        Assert.Equal(0, CorrelationTraps.Of(weights, rows, columns, 3).Traps);
    }

    [Fact]
    public void A_mean_of_the_entries_survives_the_shuffle_as_one_trap()
    {
        var weights = Noise(80 * 50, uniform: true, new CounterRandom(21, RandomStream.MonteCarlo));
        Assert.Equal(1, CorrelationTraps.Of([.. weights.Select(weight => weight + 0.5f)], 80, 50, 3).Traps);
    }

    [Fact]
    public void The_edge_is_near_the_largest_eigenvalue_of_large_noise()
    {
        // σ² = 1/4 and N = 4 M: λ₊ = (1 + 1/2)²/4.
        var weights = Noise(640 * 160, uniform: false, new CounterRandom(11, RandomStream.MonteCarlo));
        for (var i = 0; i < weights.Length; i++) weights[i] /= 2;
        Assert.InRange(CorrelationTraps.Of(weights, 640, 160, 4).Edge, 0.5625, 0.62);
    }

    [Fact]
    public void Weights_without_variance_or_beyond_numbers_have_no_trap()
    {
        var zero = CorrelationTraps.Of(new float[60], 6, 10, 5);
        Assert.Equal((0, 0), (zero.Traps, zero.Edge));
        Assert.True(double.IsNaN(zero.Alpha));
        var broken = CorrelationTraps.Of([1, 2, float.NaN, 4], 2, 2, 5);
        Assert.Equal(0, broken.Traps);
        Assert.True(double.IsNaN(broken.Alpha) && double.IsNaN(broken.Edge));
        Assert.True(double.IsNaN(CorrelationTraps.Of(Noise(400, uniform: false, new CounterRandom(12, RandomStream.MonteCarlo)), 4, 100, 5).Alpha));
        Assert.Throws<ArgumentException>(() => CorrelationTraps.Of(new float[60], 6, 11, 5));
    }

    [Theory]
    [InlineData(2.5)]
    [InlineData(4)]
    public void A_matrix_whose_squared_singular_values_are_a_power_law_has_its_exponent(double alpha)
    {
        // Orthogonal columns of squared lengths N·x: the spectrum of WᵀW/N is x itself.
        const int rows = 400, columns = 400;
        var random = new CounterRandom(13, RandomStream.MonteCarlo);
        var weights = new float[rows * columns];
        var samples = Pareto(columns, alpha, random);
        for (var c = 0; c < columns; c++) weights[(c * columns) + c] = (float)Math.Sqrt(rows * samples[c]);
        var tail = PowerLawTail.Fit(samples)!;
        Assert.Equal(tail.Exponent, CorrelationTraps.Of(weights, rows, columns, 6).Alpha, 1e-3);
        Assert.Equal(alpha, tail.Exponent, 3 * (alpha - 1) / Math.Sqrt(tail.Count));
    }

    private static float[] Noise(int count, bool uniform, CounterRandom random) =>
        [.. Enumerable.Range(0, count).Select(_ => uniform ? random.NextUniform(-1, 1) : (float)random.NextNormal())];

    private static double[] Pareto(int count, double alpha, CounterRandom random) =>
        [.. Enumerable.Range(0, count).Select(_ => Math.Pow(1 - random.NextDouble(), -1 / (alpha - 1)))];
}
