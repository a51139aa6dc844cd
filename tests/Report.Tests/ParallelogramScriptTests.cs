using System.Text.Json;
using Goldilocks.Theory;

namespace Goldilocks.Report.Tests;

/// <summary>The page's parallelograms and frequencies against the theory's.</summary>
public sealed class ParallelogramScriptTests
{
    [Theory]
    [InlineData(false, Convention.Paper, 1)]
    [InlineData(false, Convention.Reference, 1)]
    [InlineData(true, Convention.Paper, 2)]
    [InlineData(true, Convention.Reference, 2)]
    public void The_page_counts_the_parallelograms_that_the_theory_counts(bool modular, Convention convention, int dimension)
    {
        const int p = 9;
        var all = new ParallelogramSet(modular ? SampleSet.ModularAddition(p, ordered: false) : SampleSet.Addition(p, ordered: false));
        var quality = new RepresentationQuality(all, convention, dimension);
        var random = new Random(5);
        var embeddings = Enumerable.Range(0, 40).Select(_ => Embedding(random, p, dimension)).ToArray();
        var expected = embeddings.Select(embedding => quality.CountParallelograms(embedding)).ToArray();
        var counts = NodeScript.Run(["parallelograms.js"],
            "const groups = parallelograms.classes(input.p, input.modular); return [parallelograms.count(groups), ...input.embeddings.map((values) => parallelograms.present(values, input.dimension, groups, input.limit).length)];",
            JsonSerializer.SerializeToNode(new
            {
                p, modular, dimension, limit = convention == Convention.Paper ? 1e-4 : Math.BitDecrement(0.01 * dimension),
                embeddings = embeddings.Select(values => NormalisedEmbedding.Of(values, p, convention)),
            })!).AsArray().Select(count => count!.GetValue<long>()).ToArray();
        Assert.Equal(all.Count, counts[0]);
        Assert.Equal(expected, counts[1..]);
        Assert.True(expected.Distinct().Count() > 5 && expected.Max() > all.Count / 3);
    }

    [Theory]
    [InlineData(13, 5)]
    [InlineData(12, 6)]
    [InlineData(12, 5)]
    public void The_strongest_frequency_of_a_circle_is_its_own(int p, int frequency)
    {
        var values = Enumerable.Range(0, p).SelectMany(symbol => (double[])[3 + Math.Cos(2 * Math.PI * frequency * symbol / p), Math.Sin(2 * Math.PI * frequency * symbol / p)]);
        var answer = NodeScript.Run(["parallelograms.js"], "return { ...parallelograms.strongest(input.values, input.p), order: parallelograms.round(input.frequency, input.p) };", JsonSerializer.SerializeToNode(new { values, p, frequency })!);
        Assert.Equal(frequency, (int)answer["frequency"]!);
        Assert.Equal(1, (double)answer["share"]!, 1e-9);
        int[] order = [.. answer["order"]!.AsArray().Select(symbol => (int)symbol!)];
        if (frequency == 6) Assert.Empty(order);
        else Assert.All(Enumerable.Range(0, p), i => Assert.Equal(i % p, frequency * order[i] % p));
    }

    /// <summary>On a line in order, and disturbed by nothing, a little or much.</summary>
    private static float[] Embedding(Random random, int p, int dimension)
    {
        var noise = Math.Pow(10, -4 + (4 * random.NextDouble()));
        return [.. Enumerable.Range(0, p * dimension).Select(k => (float)((k / dimension) * (1 + (k % dimension)) + (noise * random.NextDouble())))];
    }
}
