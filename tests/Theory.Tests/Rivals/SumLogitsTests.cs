using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class SumLogitsTests
{
    [Theory]
    [InlineData(7, new[] { 2 })]
    [InlineData(8, new[] { 1, 3 })]
    [InlineData(9, new[] { 4, 1, 2, 4 })]
    public void Losses_are_those_of_explicit_projections_over_all_inputs(int p, int[] keys)
    {
        var logits = Fixtures.Noise(p * p * p, new CounterRandom(3, RandomStream.MonteCarlo));
        int[] samples = [0, 5, 6, (p * p) - 1, p, 5];
        var (kept, left) = (new double[logits.Length], Array.ConvertAll(logits, value => (double)value));
        for (var c = 0; c < p; c++)
        {
            Project([.. Enumerable.Repeat(1.0 / p, p * p)], c, logits, kept, +1);
            foreach (var k in keys.Distinct())
            {
                var (u, v) = (new double[p * p], new double[p * p]);
                for (var a = 0; a < p; a++)
                {
                    for (var b = 0; b < p; b++)
                    {
                        u[(a * p) + b] = ((Wave(Math.Cos, a) * Wave(Math.Cos, b)) - (Wave(Math.Sin, a) * Wave(Math.Sin, b))) / Math.Sqrt(2);
                        v[(a * p) + b] = ((Wave(Math.Sin, a) * Wave(Math.Cos, b)) + (Wave(Math.Cos, a) * Wave(Math.Sin, b))) / Math.Sqrt(2);
                    }
                }

                Project(u, c, logits, kept, +1);
                Project(v, c, logits, kept, +1);
                Project(u, c, logits, left, -1);
                Project(v, c, logits, left, -1);

                double Wave(Func<double, double> function, int x) => Math.Sqrt(2.0 / p) * function(2 * Math.PI * k * x / p);
            }
        }

        var found = new SumLogits(logits, p);
        Assert.Equal(CrossEntropy(kept, p, samples), found.RestrictedLoss(keys, samples), 1e-10);
        Assert.Equal(CrossEntropy(left, p, samples), found.ExcludedLoss(keys, samples), 1e-10);
        Assert.Equal(CrossEntropy(Array.ConvertAll(logits, value => (double)value), p, samples), found.Loss(samples), 1e-10);
    }

    [Fact]
    public void A_cosine_of_the_sum_is_all_in_its_own_coefficient_and_its_loss_in_its_own_key()
    {
        const int p = 13;
        var logits = new float[p * p * p];
        for (var sample = 0; sample < p * p; sample++)
            for (var c = 0; c < p; c++) logits[(sample * p) + c] = (float)(2.5 * Math.Cos(2 * Math.PI * 4 * ((sample / p) + (sample % p) - c) / p));
        var found = new SumLogits(logits, p);
        var coefficients = found.TrigCoefficients();
        Assert.Equal((p - 1) / 2, coefficients.Length);
        for (var k = 1; k <= coefficients.Length; k++) Assert.Equal(k == 4 ? 2.5 * Math.Sqrt(p * p * p / 2.0) : 0, coefficients[k - 1], 1e-4);

        int[] samples = [.. Enumerable.Range(0, p * p)];
        Assert.Equal(found.Loss(samples), found.RestrictedLoss([4], samples), 1e-6);
        Assert.Equal(Math.Log(p), found.ExcludedLoss([4], samples), 1e-6);
        Assert.Equal(Math.Log(p), found.RestrictedLoss([1, 2, 3, 5, 6], samples), 1e-6);
        Assert.Equal(found.Loss(samples), found.ExcludedLoss([1, 2, 3, 5, 6], samples), 1e-6);
    }

    [Fact]
    public void What_the_classes_have_on_all_inputs_is_kept_when_restricted_and_when_excluded()
    {
        // Equal logits on all inputs: the loss is that of the class frequencies e^z / Σ e^z, without any frequency in it.
        const int p = 5;
        float[] classes = [0, 1, 3, -2, 500];
        var logits = Enumerable.Range(0, p * p).SelectMany(_ => classes).ToArray();
        var found = new SumLogits(logits, p);
        int[] samples = [4, 8, 12];
        Assert.Equal(0, found.Loss(samples), 1e-9);
        Assert.Equal(0, found.RestrictedLoss([1, 2], samples), 1e-9);
        Assert.Equal(0, found.ExcludedLoss([1, 2], samples), 1e-9);
        Assert.Equal(502, found.Loss([3]), 1e-9);
    }

    [Fact]
    public void No_samples_have_no_loss_and_keys_must_be_frequencies()
    {
        var found = new SumLogits(new float[125], 5);
        Assert.True(double.IsNaN(found.Loss([])) && double.IsNaN(found.RestrictedLoss([1], [])) && double.IsNaN(found.ExcludedLoss([1], [])));
        Assert.Throws<ArgumentOutOfRangeException>(() => found.ExcludedLoss([0], [1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => found.RestrictedLoss([3], [1]));
        Assert.ThrowsAny<ArgumentException>(() => found.Loss([25]));
        Assert.Throws<ArgumentException>(() => new SumLogits(new float[124], 5));
    }

    private static void Project(double[] unit, int c, float[] logits, double[] destination, int sign)
    {
        var p = logits.Length / unit.Length;
        var coefficient = unit.Select((value, sample) => value * logits[(sample * p) + c]).Sum();
        for (var sample = 0; sample < unit.Length; sample++) destination[(sample * p) + c] += sign * coefficient * unit[sample];
    }

    private static double CrossEntropy(double[] logits, int p, int[] samples) =>
        samples.Average(sample => -Math.Log(Math.Exp(logits[(sample * p) + (((sample / p) + (sample % p)) % p)]) / logits.Skip(sample * p).Take(p).Sum(Math.Exp)));
}
