using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class SampleSetTests
{
    [Fact]
    public void Addition_lists_unordered_pairs_in_canonical_order()
    {
        var samples = SampleSet.Addition(3);
        Assert.Equal([0, 0, 0, 1, 1, 2], samples.First);
        Assert.Equal([0, 1, 2, 1, 2, 2], samples.Second);
        Assert.Equal([0, 1, 2, 2, 3, 4], samples.Labels);
        Assert.Equal((6, 5), (samples.Count, samples.Classes));
    }

    [Fact]
    public void Ordered_addition_lists_both_orders_row_by_row()
    {
        var samples = SampleSet.Addition(3, ordered: true);
        Assert.Equal([0, 0, 0, 1, 1, 1, 2, 2, 2], samples.First);
        Assert.Equal([0, 1, 2, 0, 1, 2, 0, 1, 2], samples.Second);
        Assert.Equal([0, 1, 2, 1, 2, 3, 2, 3, 4], samples.Labels);
        Assert.Equal((9, 5), (samples.Count, samples.Classes));
    }

    [Theory]
    [InlineData(false, 66)]
    [InlineData(true, 121)]
    public void Modular_addition_wraps_and_every_sample_finds_itself(bool ordered, int count)
    {
        var samples = SampleSet.ModularAddition(11, ordered);
        Assert.Equal(count, samples.Count);
        Assert.Equal(11, samples.Classes);
        for (var s = 0; s < samples.Count; s++)
        {
            Assert.Equal(s, samples.IndexOf(samples.First[s], samples.Second[s]));
            Assert.Equal((samples.First[s] + samples.Second[s]) % 11, samples.Labels[s]);
        }
    }

    [Fact]
    public void Order_of_symbols_does_not_matter_for_unordered_samples()
    {
        var samples = SampleSet.Addition(10);
        Assert.Equal(samples.IndexOf(3, 7), samples.IndexOf(7, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.IndexOf(3, 10));
        Assert.Throws<ArgumentOutOfRangeException>(() => samples.IndexOf(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleSet.Addition(1));
    }

    [Fact]
    public void The_reference_split_of_seed_58_keeps_draw_order()
    {
        var split = Split.ToyReference(SampleSet.Addition(10), 45, 58);
        Assert.Equal([12, 32, 27, 47, 46, 54, 18, 50, 20, 35], split.Train[..10]);
        Assert.Equal([2, 4, 14, 16, 21, 34, 36, 40, 43, 44], split.Validation);
    }

    [Fact]
    public void A_split_partitions_the_samples()
    {
        var samples = SampleSet.Addition(10);
        var split = Split.Counter(samples, 40, 7);
        Assert.Equal(Enumerable.Range(0, 55), split.Train.Concat(split.Validation).Order());
        Assert.Equal(split.Validation.Order(), split.Validation);
        Assert.Equal(new CounterRandom(7, RandomStream.Split).Choice(55, 40), split.Train);
        Assert.Throws<ArgumentException>(() => Split.Of(samples, [1, 1]));
        Assert.Throws<ArgumentException>(() => Split.Of(samples, [55]));
    }
}
