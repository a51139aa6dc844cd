using Goldilocks.Core;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class AbelianGroupTests
{
    [Theory]
    [InlineData(2, true)]
    [InlineData(9, false)]
    [InlineData(12, true)]
    public void One_factor_is_addition_modulo_it(int p, bool ordered)
    {
        var (group, modular) = (SampleSet.AbelianGroup(ordered, p), SampleSet.ModularAddition(p, ordered));
        Assert.Equal(modular.Labels, group.Labels);
        Assert.Equal((modular.Operation, modular.Symbols, modular.Ordered, modular.Count, modular.Classes), (group.Operation, group.Symbols, group.Ordered, group.Count, group.Classes));
    }

    [Fact]
    public void Components_add_separately()
    {
        var group = SampleSet.AbelianGroup(ordered: true, 2, 3, 4);
        Assert.Equal(("abelian_2x3x4", 24, 576, 24), (group.Operation, group.Symbols, group.Count, group.Classes));
        for (var s = 0; s < group.Count; s++)
        {
            var (a, b, c) = (Components(group.First[s]), Components(group.Second[s]), Components(group.Labels[s]));
            Assert.Equal(((a.X + b.X) % 2, (a.Y + b.Y) % 3, (a.Z + b.Z) % 4), c);
        }

        static (int X, int Y, int Z) Components(int element) => (element / 12, element / 4 % 3, element % 4);
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    [InlineData(2, 2, 2)]
    [InlineData(4, 3)]
    [InlineData(7)]
    [InlineData(2, 2, 2, 2, 7)]
    [InlineData(113)]
    public void The_number_of_parallelograms_has_a_closed_form(params int[] orders)
    {
        // The pairs {a, b} with a + b = c number (n + #{a : 2a = c}) / 2; 2a = c has t solutions for n/t of the c and none for the others.
        long n = orders.Aggregate(1, (product, order) => product * order);
        long t = 1 << orders.Count(order => order % 2 == 0);
        var expected = (n / t * Pairs((n + t) / 2)) + ((n - (n / t)) * Pairs(n / 2));
        foreach (var ordered in new[] { false, true })
        {
            var all = new ParallelogramSet(SampleSet.AbelianGroup(ordered, orders));
            Assert.Equal(expected, all.Count);
        }

        static long Pairs(long k) => k * (k - 1) / 2;
    }

    [Theory]
    [InlineData(2, 2)]
    [InlineData(2, 3)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    [InlineData(2, 2, 3)]
    [InlineData(13)]
    public void All_of_P0_leaves_only_constants_as_rational_elimination_confirms(params int[] orders)
    {
        var samples = SampleSet.AbelianGroup(ordered: false, orders);
        var all = new ParallelogramSet(samples);
        var structure = new TrainingStructure(all, Split.Of(samples, Enumerable.Range(0, samples.Count).ToArray()));
        Assert.Equal(1, structure.Nullity);
        Assert.Equal(samples.Symbols - 1, RationalRank.Of(all.Enumerate().Select(q => RationalRank.Row(q, samples.Symbols))));
    }

    [Fact]
    public void Random_sets_agree_with_rational_elimination()
    {
        var random = new CounterRandom(33, RandomStream.MonteCarlo);
        int[][] groups = [[2, 2], [5], [6], [2, 4], [3, 3], [2, 2, 2], [2, 5]];
        for (var trial = 0; trial < 700; trial++)
        {
            var samples = SampleSet.AbelianGroup(random.NextInt32(2) == 0, groups[trial % groups.Length]);
            var all = new ParallelogramSet(samples);
            var split = Split.Of(samples, random.Choice(samples.Count, random.NextInt32(samples.Count + 1)));
            var structure = new TrainingStructure(all, split);
            var trained = split.Train.Select(s => (Math.Min(samples.First[s], samples.Second[s]), Math.Max(samples.First[s], samples.Second[s]))).ToHashSet();
            var rows = all.Enumerate()
                .Where(q => trained.Contains((q.I, q.J)) && trained.Contains((q.M, q.N)))
                .Select(q => RationalRank.Row(q, samples.Symbols)).ToArray();
            Assert.Equal(rows.Length, structure.PermissibleParallelograms);
            Assert.Equal(samples.Symbols - RationalRank.Of(rows), structure.Nullity);
        }
    }

    [Fact]
    public void Isomorphic_groups_have_the_same_structure()
    {
        // k -> (k mod 3, k mod 4) takes Z12 to Z3 x Z4.
        var (cyclic, product) = (SampleSet.ModularAddition(12, ordered: false), SampleSet.AbelianGroup(ordered: false, 3, 4));
        var (allCyclic, allProduct) = (new ParallelogramSet(cyclic), new ParallelogramSet(product));
        Assert.Equal(allCyclic.Count, allProduct.Count);
        for (var seed = 0ul; seed < 100; seed++)
        {
            var split = Split.Counter(cyclic, 30, seed);
            var image = Split.Of(product, Array.ConvertAll(split.Train, s => product.IndexOf(Image(cyclic.First[s]), Image(cyclic.Second[s]))));
            var (a, b) = (new TrainingStructure(allCyclic, split), new TrainingStructure(allProduct, image));
            Assert.Equal((a.Nullity, a.PermissibleParallelograms, a.IdealRqi, a.IdealAccuracy), (b.Nullity, b.PermissibleParallelograms, b.IdealRqi, b.IdealAccuracy));
        }

        static int Image(int k) => (k % 3 * 4) + (k % 4);
    }

    [Theory]
    [InlineData("at least one cyclic factor")]
    [InlineData("order 1 is outside 2..1024", 4, 1)]
    [InlineData("order -3 is outside 2..1024", -3)]
    [InlineData("33 x 32", 33, 32)]
    [InlineData("product above 1024", int.MaxValue, int.MaxValue, int.MaxValue)]
    public void Impossible_groups_are_one_line(string part, params int[] orders)
    {
        var error = Assert.Throws<GoldilocksException>(() => SampleSet.AbelianGroup(ordered: true, orders));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
