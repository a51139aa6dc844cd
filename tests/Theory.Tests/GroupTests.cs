using Goldilocks.Core;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

public class GroupTests
{
    private static readonly GroupTable S3 = GroupTable.Symmetric(3);
    private static readonly SampleSet Samples = SampleSet.Group(S3);
    private static readonly ProductParallelogramSet All = new(Samples);

    [Fact]
    public void S3_composes_permutations_in_lexicographic_order()
    {
        // 012 021 102 120 201 210 with (a·b)[k] = b[a[k]]: 021·102 = 120, that is 1·2 = 3.
        int[][] table = [[0, 1, 2, 3, 4, 5], [1, 0, 3, 2, 5, 4], [2, 4, 0, 5, 1, 3], [3, 5, 1, 4, 0, 2], [4, 2, 5, 0, 3, 1], [5, 3, 4, 1, 2, 0]];
        Assert.Equal(table, Enumerable.Range(0, 6).Select(a => Enumerable.Range(0, 6).Select(b => S3.Product(a, b)).ToArray()));
        Assert.Equal((0, 6, false), (S3.Identity, S3.Order, S3.Commutative));
        Assert.Equal([0, 1, 2, 4, 3, 5], Enumerable.Range(0, 6).Select(S3.Inverse));
        Assert.Equal(("group_s3", 36, true), (Samples.Operation, Samples.Count, Samples.Ordered));
        Assert.All(Enumerable.Range(0, 36), s => Assert.Equal(S3.Product(s / 6, s % 6), Samples.Labels[s]));
    }

    [Fact]
    public void S3_has_ninety_parallelograms_and_S5_its_own()
    {
        Assert.Equal(90, All.Count);
        Assert.Equal(90, All.Enumerate().Distinct().Count());
        Assert.All(All.Enumerate(), q => Assert.True(q.S < q.T && Samples.Labels[q.S] == Samples.Labels[q.T]));
        Assert.Equal(120L * 120 * 119 / 2, new ProductParallelogramSet(SampleSet.Group(GroupTable.Symmetric(5))).Count);
    }

    [Fact]
    public void Representations_have_every_parallelogram_in_any_basis()
    {
        var random = new CounterRandom(4, RandomStream.MonteCarlo);
        foreach (var convention in Enum.GetValues<Convention>())
        {
            var quality = new ProductQuality(All, convention);
            Assert.Equal(1, quality.Rqi(GroupTable.PermutationMatrices(3)));
            Assert.Equal(1, quality.Rqi(S3.RegularRepresentation()));
            Assert.Equal(1, quality.Rqi(Rotated(GroupTable.PermutationMatrices(3), random)));
            Assert.Equal(1, quality.Rqi(Array.ConvertAll(GroupTable.PermutationMatrices(3), entry => 40 * entry)));
            Assert.Equal(1, quality.PredictedAccuracy(GroupTable.PermutationMatrices(3), Split.Of(Samples, [0, 1, 2, 3, 4, 5])));
            Assert.Equal(0, quality.CountParallelograms(new float[54]));
        }
    }

    [Fact]
    public void The_regular_representation_multiplies_like_its_group()
    {
        var matrices = GroupTable.Symmetric(4).RegularRepresentation();
        var group = GroupTable.Symmetric(4);
        for (var a = 0; a < 24; a++)
        {
            for (var b = 0; b < 24; b++) Assert.Equal(Matrix(group.Product(a, b)), Times(Matrix(a), Matrix(b), 24));
        }

        float[] Matrix(int element) => matrices.AsSpan(element * 576, 576).ToArray();
    }

    [Fact]
    public void Counts_agree_with_the_definitions_written_out()
    {
        var random = new CounterRandom(8, RandomStream.MonteCarlo);
        for (var trial = 0; trial < 60; trial++)
        {
            // Permutation matrices with noise, between all and none of the parallelograms.
            var noise = 0.5 * trial / 60;
            var embedding = Array.ConvertAll(GroupTable.PermutationMatrices(3), entry => (float)(entry + (noise * random.NextNormal())));
            var split = Split.Of(Samples, random.Choice(36, random.NextInt32(37)));
            var trained = split.Train.ToHashSet();
            var rms = Math.Sqrt(embedding.Average(entry => (double)entry * entry));
            var scaled = Array.ConvertAll(embedding, entry => entry / rms);
            foreach (var convention in Enum.GetValues<Convention>())
            {
                var reached = new HashSet<int>(trained);
                var (count, permissible) = (0, 0);
                for (var s = 0; s < 36; s++)
                {
                    for (var t = 0; t < 36; t++)
                    {
                        if (s == t || S3.Product(s / 6, s % 6) != S3.Product(t / 6, t % 6)) continue;
                        permissible += trained.Contains(s) && trained.Contains(t) ? 1 : 0;
                        var squared = Enumerable.Range(0, 9).Sum(k => Math.Pow(Entry(scaled, s, k) - Entry(scaled, t, k), 2));
                        if (convention == Convention.Paper ? squared > 0.01 : squared / 9 >= 0.5) continue;
                        count++;
                        if (trained.Contains(s)) reached.Add(t);
                    }
                }

                var quality = new ProductQuality(All, convention);
                Assert.Equal(count / 2, quality.CountParallelograms(embedding));
                Assert.Equal(reached.Count / 36.0, quality.PredictedAccuracy(embedding, split));
                Assert.Equal(permissible / 2, All.CountPermissible(split));
            }
        }

        static double Entry(double[] matrices, int sample, int k)
            => Enumerable.Range(0, 3).Sum(i => matrices[(sample / 6 * 9) + (k / 3 * 3) + i] * matrices[(sample % 6 * 9) + (i * 3) + (k % 3)]);
    }

    [Fact]
    public void Sums_are_refused_where_the_operation_does_not_commute()
    {
        Assert.Throws<ArgumentException>(() => new ParallelogramSet(Samples));
        Assert.Throws<ArgumentException>(() => new ProductParallelogramSet(SampleSet.Addition(4)));
        Assert.Throws<ArgumentException>(() => new ProductQuality(All, Convention.Paper).Rqi(new float[6 * 8]));
        var cyclic = GroupTable.Of("z4", [[0, 1, 2, 3], [1, 2, 3, 0], [2, 3, 0, 1], [3, 0, 1, 2]]);
        Assert.True(cyclic.Commutative);
        Assert.Equal(SampleSet.ModularAddition(4, ordered: true).Labels, SampleSet.Group(cyclic).Labels);
        Assert.Equal(new ParallelogramSet(SampleSet.ModularAddition(4, ordered: true)).Count, new ParallelogramSet(SampleSet.Group(cyclic)).Count);
    }

    public static TheoryData<string, string, int[][]> BrokenTables => new()
    {
        { "Z 2", "lower-case", [[0]] },
        { "empty", "has 0 rows", [] },
        { "ragged", "row 1 has 1 entries for 2 rows", [[0, 1], [1]] },
        { "far", "entry (1, 0) is 2, outside 0..1", [[0, 1], [2, 0]] },
        { "nobody", "has no identity", [[1, 0], [1, 0]] },
        { "monoid", "element 1 has no inverse", [[0, 1], [1, 1]] },

        // A loop of five elements: a Latin square in which every element is its own inverse, so no group (5 is odd).
        { "loop", "is not associative: (1·1)·2 = 2, but 1·(1·2) = 4", [[0, 1, 2, 3, 4], [1, 0, 3, 4, 2], [2, 4, 0, 1, 3], [3, 2, 4, 0, 1], [4, 3, 1, 2, 0]] },
    };

    [Theory]
    [MemberData(nameof(BrokenTables))]
    public void Broken_axioms_are_one_line(string name, string part, int[][] rows)
    {
        var error = Assert.Throws<GoldilocksException>(() => GroupTable.Of(name, rows));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    /// <summary>Q·E·Qᵀ for a random orthogonal Q (a product of three plane rotations).</summary>
    private static float[] Rotated(float[] matrices, CounterRandom random)
    {
        var q = new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
        foreach (var (i, j) in new[] { (0, 1), (1, 2), (0, 2) })
        {
            var turn = new float[] { 1, 0, 0, 0, 1, 0, 0, 0, 1 };
            var angle = (float)random.NextNormal();
            (turn[(i * 3) + i], turn[(j * 3) + j], turn[(i * 3) + j], turn[(j * 3) + i]) = (MathF.Cos(angle), MathF.Cos(angle), -MathF.Sin(angle), MathF.Sin(angle));
            q = Times(q, turn, 3);
        }

        var transposed = new[] { q[0], q[3], q[6], q[1], q[4], q[7], q[2], q[5], q[8] };
        return [.. Enumerable.Range(0, 6).SelectMany(a => Times(Times(q, matrices.AsSpan(a * 9, 9).ToArray(), 3), transposed, 3))];
    }

    private static float[] Times(float[] a, float[] b, int size)
    {
        var product = new float[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var k = 0; k < size; k++)
            {
                for (var j = 0; j < size; j++) product[(i * size) + j] += a[(i * size) + k] * b[(k * size) + j];
            }
        }

        return product;
    }
}
