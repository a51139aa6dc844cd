namespace Goldilocks.Analyze.Tests;

/// <summary>What must not matter: the embedding's coordinates, the order of hidden units, and how the symbols of Z/p are numbered up to a unit.</summary>
public sealed class InvarianceTests
{
    private const int P = 13, D = 5, H = 11;

    /// <summary>These are of single coordinates or entries, or of matrices that a change of coordinates mixes.</summary>
    private static readonly string[] OfCoordinates = ["largest_weight_change", "correlation_traps", "spectral_exponent"];

    /// <summary>These name a frequency, which relabelling changes.</summary>
    private static readonly string[] OfLabels = ["dominant_frequency", "trigonometric_frequency"];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 12)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void A_rotation_of_the_embedding_changes_no_measure(int seed)
    {
        var network = ModularNetwork.Random(P, D, H, seed);
        var other = ModularNetwork.Random(P, D, H, seed + 100) with { Train = network.Train };
        var rotation = Rotation(seed);
        Same(ModularNetwork.Measure(other, network), ModularNetwork.Measure(other.Rotated(rotation), network.Rotated(rotation)), OfCoordinates);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void The_order_of_hidden_units_changes_no_measure(int seed)
    {
        var network = ModularNetwork.Random(P, D, H, seed);
        var other = ModularNetwork.Random(P, D, H, seed + 100) with { Train = network.Train };
        int[] order = [.. Enumerable.Range(0, H).OrderBy(new Dictionary<int, int>(Enumerable.Range(0, H).Zip(new Random(seed).GetItems(Enumerable.Range(0, 1000).ToArray(), H), KeyValuePair.Create)).GetValueOrDefault)];
        Same(ModularNetwork.Measure(other, network), ModularNetwork.Measure(other.Permuted(order), network.Permuted(order)), ["correlation_traps"]);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Naming_the_symbols_by_a_unit_changes_no_measure_but_the_names_of_frequencies(int seed)
    {
        var network = ModularNetwork.Random(P, D, H, seed);
        var other = ModularNetwork.Random(P, D, H, seed + 100) with { Train = network.Train };
        var unit = 2 + (seed % (P - 2));
        Same(ModularNetwork.Measure(other, network), ModularNetwork.Measure(other.Relabelled(unit), network.Relabelled(unit)), [.. OfLabels, "correlation_traps"]);
    }

    private static void Same(IReadOnlyList<AnalysisRow> expected, IReadOnlyList<AnalysisRow> found, string[] except)
    {
        Assert.Equal(2, found.Count);
        var measured = 0;
        for (var i = 0; i < expected.Count; i++)
        {
            Assert.Equal(expected[i].Note, found[i].Note);
            foreach (var column in Measures.Columns.Select(column => column.Name).Except(except))
            {
                var (mine, theirs) = (expected[i][column], found[i][column]);
                Assert.True(mine is null == theirs is null && !(Math.Abs((mine ?? 0) - (theirs ?? 0)) > 1e-4 * Math.Max(1, Math.Abs(mine ?? 0))), $"{column}: {mine} became {theirs}");
                measured += mine is null ? 0 : 1;
            }
        }

        Assert.True(measured > 2 * 25, $"only {measured} values were measured");
    }

    /// <summary>Orthogonal [D, D]: Gram-Schmidt on random rows.</summary>
    private static double[] Rotation(int seed)
    {
        var random = new Random(seed);
        var rows = new double[D][];
        for (var i = 0; i < D; i++)
        {
            rows[i] = [.. Enumerable.Range(0, D).Select(_ => random.NextDouble() - 0.5)];
            for (var j = 0; j < i; j++)
            {
                var along = rows[i].Zip(rows[j], (x, y) => x * y).Sum();
                rows[i] = [.. rows[i].Zip(rows[j], (x, y) => x - (along * y))];
            }

            var length = Math.Sqrt(rows[i].Sum(x => x * x));
            rows[i] = [.. rows[i].Select(x => x / length)];
        }

        return [.. rows.SelectMany(row => row)];
    }
}
