namespace Goldilocks.Theory.Tests;

public class ClosedFormNetworkTests
{
    [Theory]
    [InlineData(23)]
    [InlineData(31)]
    public void Its_largest_output_is_the_sum(int p)
    {
        var units = 30 * ((p - 1) / 2);
        for (var seed = 1ul; seed <= 3; seed++)
        {
            var outputs = Outputs(p, units, seed);
            for (var sample = 0; sample < p * p; sample++)
            {
                var row = outputs.AsSpan(sample * p, p).ToArray();
                Assert.Equal(((sample / p) + (sample % p)) % p, Array.IndexOf(row, row.Max()));
            }
        }
    }

    [Fact]
    public void Every_unit_is_a_cosine_of_its_frequency_on_either_side()
    {
        const int p = 13, units = 18;
        var (first, second) = ClosedFormNetwork.Weights(p, units, 5);
        Assert.Equal((units * 2 * p, p * units), (first.Length, second.Length));
        for (var n = 0; n < units; n++)
        {
            var (a, b) = (first[(2 * n * p)..((2 * n * p) + p)], first[((2 * n * p) + p)..((2 * n * p) + (2 * p))]);
            var outgoing = Enumerable.Range(0, p).Select(q => second[(q * units) + n]).ToArray();
            foreach (var side in (float[][])[a, b, outgoing])
            {
                Assert.Equal(0.5, ParticipationRatio.Of(side, 1, p), 1e-5);
                Assert.Equal((n % 6) + 1, Circularity.Of(side, p).Frequency);
                Assert.Equal(p / 2.0, side.Sum(value => (double)value * value), 1e-4);
            }
        }
    }

    [Fact]
    public void Its_logits_are_cosines_of_the_sum_of_equal_strength_and_need_no_other()
    {
        const int p = 23;
        var logits = new SumLogits(Outputs(p, 50 * 11, 7), p);
        int[] samples = [.. Enumerable.Range(0, p * p)], keys = [.. Enumerable.Range(1, 11)];

        // Each of the 50 units of a frequency adds 1/2 cos(2πk(a + b − c)/p); the terms with its phases leave some noise.
        foreach (var coefficient in logits.TrigCoefficients()) Assert.Equal(25, coefficient / Math.Sqrt(p * p * p / 2.0), 1e-3);
        Assert.Equal(0, logits.RestrictedLoss(keys, samples), 1e-3);
        Assert.True(logits.ExcludedLoss(keys, samples) > Math.Log(p));
    }

    /// <summary>W2 (W1 x)² for all pairs: [p², p].</summary>
    private static float[] Outputs(int p, int units, ulong seed)
    {
        var (first, second) = ClosedFormNetwork.Weights(p, units, seed);
        var outputs = new float[p * p * p];
        for (var sample = 0; sample < p * p; sample++)
        {
            for (var n = 0; n < units; n++)
            {
                var hidden = first[(n * 2 * p) + (sample / p)] + first[(n * 2 * p) + p + (sample % p)];
                for (var q = 0; q < p; q++) outputs[(sample * p) + q] += second[(q * units) + n] * hidden * hidden;
            }
        }

        return outputs;
    }
}
