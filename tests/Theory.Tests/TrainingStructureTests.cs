using Goldilocks.Numerics.Generators;
using Goldilocks.Numerics.LinearAlgebra;

namespace Goldilocks.Theory.Tests;

public class TrainingStructureTests
{
    [Theory]
    [InlineData(4, 3)]
    [InlineData(6, 13)]
    [InlineData(10, 70)]
    [InlineData(11, 95)]
    public void Addition_has_the_papers_number_of_parallelograms(int p, int count)
    {
        var all = new ParallelogramSet(SampleSet.Addition(p));
        Assert.Equal(count, all.Count);
        Assert.Equal(count, all.Enumerate().Distinct().Count());
        Assert.All(all.Enumerate(), q => Assert.Equal(q.I + q.J, q.M + q.N));
    }

    [Fact]
    public void Four_symbols_give_three_equations()
    {
        var all = new ParallelogramSet(SampleSet.Addition(4));
        var rows = all.Enumerate().Select(q =>
        {
            var row = new int[4];
            q.WriteRow(row);
            return string.Join(' ', row);
        });
        Assert.Equal(["1 -2 1 0", "1 -1 -1 1", "0 1 -2 1"], rows);
    }

    [Fact]
    public void Seven_samples_of_six_symbols_pin_the_whole_line()
    {
        var samples = SampleSet.Addition(6);
        var train = new[] { (0, 4), (1, 3), (1, 5), (2, 4), (0, 2), (1, 1), (3, 3) }.Select(pair => samples.IndexOf(pair.Item1, pair.Item2)).ToArray();
        var structure = new TrainingStructure(new ParallelogramSet(samples), Split.Of(samples, train));
        Assert.Equal(2, structure.Nullity);
        Assert.Equal(1, structure.IdealRqi);
        Assert.Equal(13, structure.ImpliedParallelograms);
    }

    [Fact]
    public void All_of_P0_has_nullity_two_for_every_p()
    {
        foreach (var p in Enumerable.Range(3, 38).Append(113))
        {
            var samples = SampleSet.Addition(p);
            var structure = new TrainingStructure(new ParallelogramSet(samples), Split.Of(samples, Enumerable.Range(0, samples.Count).ToArray()));
            Assert.Equal(2, structure.Nullity);
            Assert.Equal(1, structure.IdealRqi);
            Assert.Equal(1, structure.IdealAccuracy);
            Assert.Null(structure.IdealValidationAccuracy);
        }
    }

    [Theory]
    [InlineData(11)]
    [InlineData(53)]
    public void Modular_addition_has_no_faithful_line(int p)
    {
        // Over the reals only constant embeddings respect addition modulo an odd prime.
        var samples = SampleSet.ModularAddition(p, ordered: true);
        var all = new ParallelogramSet(samples);
        var pairsPerClass = (p + 1) / 2;
        Assert.Equal(p * pairsPerClass * (pairsPerClass - 1) / 2, all.Count);
        var structure = new TrainingStructure(all, Split.Of(samples, Enumerable.Range(0, samples.Count).ToArray()));
        Assert.Equal(1, structure.Nullity);
    }

    [Fact]
    public void The_mirrored_sample_of_a_trained_one_is_determined()
    {
        var samples = SampleSet.ModularAddition(7, ordered: true);
        var structure = new TrainingStructure(new ParallelogramSet(samples), Split.Of(samples, [samples.IndexOf(2, 5)]));
        Assert.True(structure.IsDetermined(samples.IndexOf(5, 2)));
        Assert.False(structure.IsDetermined(samples.IndexOf(3, 4)));
        Assert.Equal(2.0 / 49, structure.IdealAccuracy);
        Assert.Equal(0, structure.PermissibleParallelograms);
    }

    [Fact]
    public void Structure_agrees_with_the_definitions_written_out_on_random_sets()
    {
        var random = new CounterRandom(21, RandomStream.MonteCarlo);
        for (var trial = 0; trial < 2_000; trial++)
        {
            var p = 4 + random.NextInt32(7);
            var samples = random.NextInt32(3) switch
            {
                0 => SampleSet.ModularAddition(p, ordered: false),
                _ => SampleSet.Addition(p),
            };
            var all = new ParallelogramSet(samples);
            var split = Split.Of(samples, random.Choice(samples.Count, random.NextInt32(samples.Count + 1)));
            var structure = new TrainingStructure(all, split);

            var trained = split.Train.ToHashSet();
            bool IsTrained(int a, int b) => trained.Contains(samples.IndexOf(a, b));
            var permissible = all.Enumerate().Where(q => IsTrained(q.I, q.J) && IsTrained(q.M, q.N)).ToArray();
            var matrix = permissible.SelectMany(q => Row(q, p)).ToArray();
            var rank = matrix.Length == 0 ? 0 : ExactRank.Of(matrix, p);
            var implied = all.Enumerate().Where(q => ExactRank.Of([.. matrix, .. Row(q, p)], p) == rank).ToArray();
            var determined = new HashSet<int>(trained);
            foreach (var q in implied)
            {
                if (IsTrained(q.I, q.J)) determined.Add(samples.IndexOf(q.M, q.N));
                if (IsTrained(q.M, q.N)) determined.Add(samples.IndexOf(q.I, q.J));
            }

            Assert.Equal(permissible.Length, structure.PermissibleParallelograms);
            Assert.Equal(p - rank, structure.Nullity);
            Assert.Equal(implied.Length, structure.ImpliedParallelograms);
            Assert.Equal((double)determined.Count / samples.Count, structure.IdealAccuracy);
            Assert.Equal(determined.Order(), Enumerable.Range(0, samples.Count).Where(structure.IsDetermined));
        }
    }

    [Fact]
    public void Nullity_agrees_with_rational_elimination_over_every_parallelogram_on_ten_thousand_random_sets()
    {
        var random = new CounterRandom(22, RandomStream.MonteCarlo);
        var sets = Enumerable.Range(4, 7).Select(p => new ParallelogramSet(SampleSet.Addition(p))).ToArray();
        for (var trial = 0; trial < 10_000; trial++)
        {
            var all = sets[trial % sets.Length];
            var (samples, p) = (all.Samples, all.Samples.Symbols);
            var split = Split.Of(samples, random.Choice(samples.Count, random.NextInt32(samples.Count + 1)));
            var trained = split.Train.ToHashSet();
            var rows = all.Enumerate().Where(q => trained.Contains(samples.IndexOf(q.I, q.J)) && trained.Contains(samples.IndexOf(q.M, q.N))).Select(q => Row(q, p));
            Assert.Equal(p - RationalRank.Of(rows), new TrainingStructure(all, split).Nullity);
        }
    }

    [Fact]
    public void Reversing_the_symbols_changes_nothing()
    {
        // k -> p-1-k is an automorphism of the parallelograms of addition.
        var samples = SampleSet.Addition(9);
        var all = new ParallelogramSet(samples);
        for (var seed = 0ul; seed < 200; seed++)
        {
            var split = Split.Counter(samples, 18, seed);
            var mirrored = Split.Of(samples, Array.ConvertAll(split.Train, s => samples.IndexOf(8 - samples.First[s], 8 - samples.Second[s])));
            var (a, b) = (new TrainingStructure(all, split), new TrainingStructure(all, mirrored));
            Assert.Equal((a.Nullity, a.PermissibleParallelograms, a.IdealRqi, a.IdealAccuracy), (b.Nullity, b.PermissibleParallelograms, b.IdealRqi, b.IdealAccuracy));
        }
    }

    private static int[] Row(Parallelogram q, int p)
    {
        var row = new int[p];
        q.WriteRow(row);
        return row;
    }
}
