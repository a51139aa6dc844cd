using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class RepresentationQualityTests
{
    [Theory]
    [InlineData(Convention.Paper)]
    [InlineData(Convention.Reference)]
    public void A_linear_representation_is_perfect_and_a_random_one_is_not(Convention convention)
    {
        var random = new CounterRandom(41, RandomStream.MonteCarlo);
        foreach (var (p, dimension) in new[] { (4, 1), (10, 1), (10, 2), (17, 5), (40, 3) })
        {
            var samples = SampleSet.Addition(p);
            var quality = new RepresentationQuality(new ParallelogramSet(samples), convention);
            var line = Fixtures.Line(p, dimension, random);
            Assert.Equal(1, quality.Rqi(line));

            // Every class needs a trained member for Acc^ = 1: train on the first sample of each.
            var train = Enumerable.Range(0, samples.Classes).Select(c => Array.IndexOf(samples.Labels, c)).ToArray();
            Assert.Equal(1, quality.PredictedAccuracy(line, Split.Of(samples, train)));
            if (dimension > 1 && p > 4) Assert.InRange(quality.Rqi(Fixtures.Noise(p * dimension, random)), 0, 0.1);
        }
    }

    [Theory]
    [InlineData(Convention.Paper, 1)]
    [InlineData(Convention.Paper, 3)]
    [InlineData(Convention.Paper, 16)]
    [InlineData(Convention.Paper, 83)]
    [InlineData(Convention.Reference, 1)]
    [InlineData(Convention.Reference, 3)]
    [InlineData(Convention.Reference, 16)]
    [InlineData(Convention.Reference, 83)]
    public void Counts_agree_with_the_definition_written_out(Convention convention, int dimension)
    {
        var random = new CounterRandom(42, RandomStream.MonteCarlo);
        var quality = new RepresentationQuality(Fixtures.Addition10, convention, dimension);
        var distinct = new HashSet<long>();
        for (var trial = 0; trial < 300; trial++)
        {
            var embedding = NearlyLinear(dimension, random);
            var normalised = NormalisedEmbedding.Of(embedding, 10, convention);
            var expected = Fixtures.Addition10.Enumerate().Count(q => Holds(normalised, q, dimension, convention));
            Assert.Equal(expected, quality.CountParallelograms(embedding));
            distinct.Add(expected);

            var split = Split.Counter(Fixtures.Addition10.Samples, 20, (ulong)trial);
            var reached = new HashSet<int>(split.Train);
            foreach (var q in Fixtures.Addition10.Enumerate().Where(q => Holds(normalised, q, dimension, convention)))
            {
                var (s, t) = (split.Samples.IndexOf(q.I, q.J), split.Samples.IndexOf(q.M, q.N));
                if (split.Train.Contains(s)) reached.Add(t);
                if (split.Train.Contains(t)) reached.Add(s);
            }

            Assert.Equal(reached.Count / 55.0, quality.PredictedAccuracy(embedding, split));
        }

        Assert.InRange(distinct.Count, 10, 71);
    }

    [Theory]
    [InlineData(Convention.Paper)]
    [InlineData(Convention.Reference)]
    public void A_large_set_counts_as_the_definition_too(Convention convention)
    {
        var all = new ParallelogramSet(SampleSet.Addition(40));
        Assert.True(all.Count > 4096);
        var quality = new RepresentationQuality(all, convention);
        var random = new CounterRandom(44, RandomStream.MonteCarlo);
        for (var trial = 0; trial < 5; trial++)
        {
            var embedding = Array.ConvertAll(Fixtures.Line(40, 1, random), e => e + (float)(0.02 * random.NextNormal()));
            var normalised = NormalisedEmbedding.Of(embedding, 40, convention);
            Assert.Equal(all.Enumerate().Count(q => Holds(normalised, q, 1, convention)), quality.CountParallelograms(embedding));
        }
    }

    [Fact]
    public void Translation_rotation_and_scale_change_nothing()
    {
        var random = new CounterRandom(43, RandomStream.MonteCarlo);
        var quality = new RepresentationQuality(Fixtures.Addition10, Convention.Paper, 2);
        var scalar = new RepresentationQuality(Fixtures.Addition10, Convention.Reference);
        for (var trial = 0; trial < 200; trial++)
        {
            var plane = NearlyLinear(2, random);
            var (angle, shift, scale) = (random.NextDouble() * 7, random.NextNormal(), Math.Exp(random.NextNormal()));
            var moved = new float[plane.Length];
            for (var k = 0; k < 10; k++)
            {
                moved[2 * k] = (float)((scale * ((Math.Cos(angle) * plane[2 * k]) - (Math.Sin(angle) * plane[(2 * k) + 1]))) + shift);
                moved[(2 * k) + 1] = (float)((scale * ((Math.Sin(angle) * plane[2 * k]) + (Math.Cos(angle) * plane[(2 * k) + 1]))) - shift);
            }

            Assert.Equal(quality.CountParallelograms(plane), quality.CountParallelograms(moved));
            var line = NearlyLinear(1, random);
            Assert.Equal(scalar.CountParallelograms(line), scalar.CountParallelograms(Array.ConvertAll(line, e => (float)((-scale * e) + shift))));
        }
    }

    [Fact]
    public void A_collapsed_or_broken_embedding_counts_nothing()
    {
        foreach (var convention in Enum.GetValues<Convention>())
        {
            var quality = new RepresentationQuality(Fixtures.Addition10, convention);
            Assert.Equal(0, quality.Rqi(Enumerable.Repeat(0.1f, 10).ToArray()));
            Assert.Equal(0, quality.Rqi(new float[10]));
            Assert.Equal(0, quality.Rqi([1, 2, 3, float.NaN, 5, 6, 7, 8, 9, 10]));
            Assert.Throws<ArgumentException>(() => quality.Rqi(new float[11]));
        }
    }

    [Fact]
    public void Seed_58_passes_the_threshold_at_step_800()
    {
        // Embeddings after the updates of steps 799 and 800 of the reference run, from PyTorch.
        float[] before =
        [
            0.801306426525116f, 0.593724250793457f, 0.4502982199192047f, 0.2567392885684967f, 0.10254839062690735f,
            -0.08549324423074722f, -0.2759118378162384f, -0.464860200881958f, -0.6500557661056519f, -0.8034064173698425f,
        ];
        float[] after =
        [
            0.8022441864013672f, 0.5945512652397156f, 0.4509533941745758f, 0.25715285539627075f, 0.10272137820720673f,
            -0.08551234006881714f, -0.2761443555355072f, -0.4652222990989685f, -0.6506075263023376f, -0.8043501377105713f,
        ];
        var quality = new RepresentationQuality(Fixtures.Addition10, Convention.Reference);
        Assert.Equal(66, quality.CountParallelograms(before));
        Assert.Equal(67, quality.CountParallelograms(after));
        var rule = PhaseRule.For(Convention.Reference);
        Assert.False(rule.ReachesRqi(quality.Rqi(before)));
        Assert.True(rule.ReachesRqi(quality.Rqi(after)));
        Assert.Equal(1, quality.CountParallelograms(Fixtures.Seed58AfterOneStep));
    }

    [Fact]
    public void Counting_allocates_nothing()
    {
        var quality = new RepresentationQuality(Fixtures.Addition10, Convention.Reference);
        quality.CountParallelograms(Fixtures.Seed58Start);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) quality.CountParallelograms(Fixtures.Seed58Start);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    private static float[] NearlyLinear(int dimension, CounterRandom random)
    {
        var embedding = Fixtures.Line(10, dimension, random);
        var noise = 0.2 * random.NextDouble() * random.NextDouble();
        for (var k = 0; k < embedding.Length; k++) embedding[k] += (float)(noise * random.NextNormal());
        return embedding;
    }

    private static bool Holds(double[] e, Parallelogram q, int dimension, Convention convention)
    {
        var squared = Enumerable.Range(0, dimension).Sum(d => Math.Pow(e[(q.I * dimension) + d] + e[(q.J * dimension) + d] - e[(q.M * dimension) + d] - e[(q.N * dimension) + d], 2));
        return convention == Convention.Paper ? Math.Sqrt(squared) <= 0.01 : squared / dimension < 0.01;
    }
}
