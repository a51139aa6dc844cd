using System.Numerics;
using Goldilocks.Core;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory.Tests;

/// <summary>Operations by name against plain arithmetic in integers of any size.</summary>
public sealed class OperationTests
{
    private static readonly Dictionary<string, Func<BigInteger, BigInteger, BigInteger>> Formulas = new()
    {
        ["add"] = (x, y) => x + y,
        ["modular_add"] = (x, y) => x + y,
        ["modular_subtract"] = (x, y) => x - y,
        ["modular_multiply"] = (x, y) => x * y,
        ["x2+y2"] = (x, y) => BigInteger.Pow(x, 2) + BigInteger.Pow(y, 2),
        ["x2+xy+y2"] = (x, y) => BigInteger.Pow(x, 2) + (x * y) + BigInteger.Pow(y, 2),
        ["x3+xy"] = (x, y) => BigInteger.Pow(x, 3) + (x * y),
    };

    [Theory]
    [InlineData("add", true)]
    [InlineData("modular_add", true)]
    [InlineData("modular_subtract", false)]
    [InlineData("modular_multiply", true)]
    [InlineData("x2+y2", true)]
    [InlineData("x2+xy+y2", true)]
    [InlineData("x3+xy", false)]
    public void Labels_are_plain_arithmetic(string name, bool commutes)
    {
        foreach (var p in new[] { 3, 10, 97, 1024 })
        {
            var samples = Operations.Parse(name, p);
            var classes = name == "add" ? (2 * p) - 1 : p;
            Assert.Equal((name, p, true, p * p, classes), (samples.Operation, samples.Symbols, samples.Ordered, samples.Count, samples.Classes));
            Assert.Equal(commutes, samples.IsCommutative);
            for (var s = 0; s < samples.Count; s += p > 97 ? 101 : 1)
            {
                Assert.Equal((s / p, s % p), (samples.First[s], samples.Second[s]));
                Assert.Equal(s, samples.IndexOf(s / p, s % p));
                var value = Formulas[name](s / p, s % p) % classes;
                Assert.Equal(value < 0 ? value + classes : value, samples.Labels[s]);
            }
        }
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(11)]
    [InlineData(97)]
    [InlineData(1021)]
    public void Division_undoes_multiplication(int p)
    {
        var (quotients, products) = (Operations.Parse("modular_divide", p), Operations.Parse("modular_multiply", p));
        Assert.Equal((p * (p - 1), p, false), (quotients.Count, quotients.Classes, quotients.IsCommutative));
        for (var s = 0; s < quotients.Count; s++)
        {
            var (a, b) = (quotients.First[s], quotients.Second[s]);
            Assert.Equal(s, quotients.IndexOf(a, b));
            Assert.InRange(b, 1, p - 1);
            Assert.Equal(a, products.Labels[products.IndexOf(quotients.Labels[s], b)]);
        }

        Assert.Equal(quotients.Count, quotients.First.Zip(quotients.Second).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => quotients.IndexOf(1, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => quotients.IndexOf(0, p));
        Assert.Throws<ArgumentOutOfRangeException>(() => quotients.IndexOf(p, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => quotients.IndexOf(-1, 1));
    }

    [Fact]
    public void Groups_go_by_their_name_and_number_of_elements()
    {
        var samples = Operations.Parse("group_s5", 120);
        Assert.Equal(("group_s5", 120, 14_400, 120, false), (samples.Operation, samples.Symbols, samples.Count, samples.Classes, samples.IsCommutative));

        // A Latin square: every row and every column of the table holds every element once.
        Assert.All(Enumerable.Range(0, 120), a => Assert.Equal(120, Enumerable.Range(0, 120).Select(b => samples.Labels[samples.IndexOf(a, b)]).Distinct().Count()));
        Assert.All(Enumerable.Range(0, 120), b => Assert.Equal(120, Enumerable.Range(0, 120).Select(a => samples.Labels[samples.IndexOf(a, b)]).Distinct().Count()));

        // And it is composition: permutation matrices multiply like it.
        var matrices = GroupTable.PermutationMatrices(5);
        for (var s = 0; s < samples.Count; s += 7)
        {
            for (var k = 0; k < 5; k++) Assert.Equal(Image(samples.Second[s], Image(samples.First[s], k)), Image(samples.Labels[s], k));
        }

        Assert.Equal(SampleSet.ModularAddition(7, ordered: true).Labels, Operations.Parse("group_c7", 7).Labels);
        Assert.True(Operations.Parse("group_c2xc4", 8).IsCommutative);
        Assert.Equal(1, Operations.Parse("group_s1", 1).Count);

        int Image(int element, int k) => Array.IndexOf(matrices, 1, (((element * 5) + k) * 5), 5) % 5;
    }

    [Fact]
    public void Every_name_is_an_operation()
    {
        Assert.Equal(["modular_add", "modular_subtract", "modular_multiply", "modular_divide", "x2+y2", "x2+xy+y2", "x3+xy", "add", "group_NAME"], Operations.Names);
        Assert.All(Operations.Names.SkipLast(1), name => Assert.Equal(name, Operations.Parse(name, 5).Operation));
    }

    [Theory]
    [InlineData("modular_ad", 5, "unknown operation \"modular_ad\". Did you mean \"modular_add\"?")]
    [InlineData("x^2+y^2", 5, "unknown operation \"x^2+y^2\". Did you mean \"x2+y2\"?")]
    [InlineData("", 5, "Known: modular_add, modular_subtract, modular_multiply, modular_divide, x2+y2, x2+xy+y2, x3+xy, add, group_NAME.")]
    [InlineData("add", 1, "p = 1 is outside 2..1024.")]
    [InlineData("x3+xy", 1025, "p = 1025 is outside 2..1024.")]
    [InlineData("modular_divide", 60, "p = 60 is not prime, so modular_divide has no result for some pairs; the nearest prime is 59.")]
    [InlineData("modular_divide", 1024, "the nearest prime is 1021.")]
    [InlineData("group_s5", 97, "p = 97, but group_s5 has 120 elements; p must be 120.")]
    [InlineData("group_s6", 720, "is no group known here; expected s1..s5")]
    [InlineData("group_", 5, "is no group known here")]
    public void What_is_no_operation_is_one_line(string name, int p, string part)
    {
        var error = Assert.Throws<GoldilocksException>(() => Operations.Parse(name, p));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    /// <summary>For odd p every result has (p+1)/2 unordered pairs; the unordered pairs of any operation are counted one by one.</summary>
    [Theory]
    [InlineData("modular_add", 59, 25_665)]
    [InlineData("modular_add", 97, 114_072)]
    [InlineData("modular_add", 113, 180_348)]
    [InlineData("modular_multiply", 97, 115_248)]
    [InlineData("x2+y2", 10, 147)]
    [InlineData("x2+xy+y2", 10, 181)]
    public void Known_numbers_of_parallelograms(string name, int p, long count)
    {
        var all = new ParallelogramSet(Operations.Parse(name, p));
        Assert.Equal(count, all.Count);
        if (name == "modular_add") Assert.Equal((long)p * ((p + 1) / 2) * ((p - 1) / 2) / 2, count);
        var pairs = from a in Enumerable.Range(0, p) from b in Enumerable.Range(a, p - a) select (int)(Formulas[name](a, b) % p);
        Assert.Equal(count, pairs.CountBy(result => result).Sum(result => (long)result.Value * (result.Value - 1) / 2));
    }

    [Theory]
    [InlineData("modular_subtract")]
    [InlineData("modular_divide")]
    [InlineData("x3+xy")]
    [InlineData("group_s3")]
    public void Sums_cannot_express_what_does_not_commute(string name) =>
        Assert.Contains("does not commute", Assert.Throws<ArgumentException>(() => new ParallelogramSet(Operations.Parse(name, name == "group_s3" ? 6 : 7))).Message, StringComparison.Ordinal);

    /// <summary>Distances of many dimensions are added up in lanes: against one plain sum, on both sides of the limit and with any remainder.</summary>
    [Fact]
    public void Squared_distances_agree_with_a_plain_sum()
    {
        var random = new CounterRandom(45, RandomStream.MonteCarlo);
        for (var dimension = 1; dimension <= 300; dimension++)
        {
            var (x, y) = (Array.ConvertAll(new double[dimension], _ => random.NextNormal()), Array.ConvertAll(new double[dimension], _ => random.NextNormal()));
            var squared = x.Zip(y).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));
            Assert.True(SquaredDistance.IsAtMost(x, y, squared * (1 + 1e-13)));
            Assert.False(SquaredDistance.IsAtMost(x, y, squared * (1 - 1e-13)));
            Assert.True(SquaredDistance.IsAtMost(x, x, 0));
            y[random.NextInt32(dimension)] = double.NaN;
            Assert.False(SquaredDistance.IsAtMost(x, y, double.PositiveInfinity));
        }
    }
}
