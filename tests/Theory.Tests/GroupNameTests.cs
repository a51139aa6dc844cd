using Goldilocks.Core;

namespace Goldilocks.Theory.Tests;

/// <summary>Groups by name: every one obeys the axioms, and is the group that its name says, told by what a group cannot share with another.</summary>
public sealed class GroupNameTests
{
    /// <summary>Known from any table of small groups: elements, how many of them have order 1, 2, 3, 4, .., and whether they commute.</summary>
    [Theory]
    [InlineData("c1", 1, "1:1", true)]
    [InlineData("c4", 4, "1:1 2:1 4:2", true)]
    [InlineData("c2xc2", 4, "1:1 2:3", true)]
    [InlineData("c6", 6, "1:1 2:1 3:2 6:2", true)]
    [InlineData("c2xc3", 6, "1:1 2:1 3:2 6:2", true)]
    [InlineData("s3", 6, "1:1 2:3 3:2", false)]
    [InlineData("d3", 6, "1:1 2:3 3:2", false)]
    [InlineData("d1", 2, "1:1 2:1", true)]
    [InlineData("d2", 4, "1:1 2:3", true)]
    [InlineData("d4", 8, "1:1 2:5 4:2", false)]
    [InlineData("q8", 8, "1:1 2:1 4:6", false)]
    [InlineData("q12", 12, "1:1 2:1 3:2 4:6 6:2", false)]
    [InlineData("c2xc2xc2", 8, "1:1 2:7", true)]
    [InlineData("c2xs3", 12, "1:1 2:7 3:2 6:2", false)]
    [InlineData("s4", 24, "1:1 2:9 3:8 4:6", false)]
    [InlineData("s5", 120, "1:1 2:25 3:20 4:30 5:24 6:20", false)]
    [InlineData("0123_1032_2301_3210", 4, "1:1 2:3", true)]
    [InlineData("10_01", 2, "1:1 2:1", true)]
    public void A_name_is_the_group_it_says(string name, int order, string elementOrders, bool commutative)
    {
        var group = Groups.Parse(name);
        Assert.Equal((name, order, commutative), (group.Name, group.Order, group.Commutative));
        var orders = Enumerable.Range(0, order).Select(a =>
        {
            var power = 1;
            for (var b = a; b != group.Identity; b = group.Product(b, a)) power++;
            return power;
        });
        Assert.Equal(elementOrders, string.Join(' ', orders.GroupBy(power => power).OrderBy(powers => powers.Key).Select(powers => $"{powers.Key}:{powers.Count()}")));
        Assert.All(Enumerable.Range(0, order), a => Assert.Equal(group.Identity, group.Product(a, group.Inverse(a))));
    }

    [Fact]
    public void Large_ones_are_checked_too()
    {
        Assert.Equal(256, Groups.Parse("c256").Order);
        Assert.Equal(256, Groups.Parse("d128").Order);
        Assert.Equal(240, Groups.Parse("c2xs5").Order);
    }

    [Fact]
    public void Cyclic_groups_add_and_their_products_add_in_each_place()
    {
        Assert.Equal(SampleSet.ModularAddition(7, ordered: true).Labels, SampleSet.Group(Groups.Cyclic(7)).Labels);
        Assert.Equal(SampleSet.AbelianGroup(ordered: true, 2, 4).Labels, SampleSet.Group(Groups.Parse("c2xc4")).Labels);
    }

    [Fact]
    public void Every_named_group_has_a_representation_with_every_parallelogram()
    {
        foreach (var name in new[] { "c5", "d4", "q8", "c2xs3", "0123_1032_2301_3210" })
        {
            var group = Groups.Parse(name);
            Assert.Equal(1, new ProductQuality(new ProductParallelogramSet(SampleSet.Group(group)), Convention.Paper).Rqi(group.RegularRepresentation()));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("s0")]
    [InlineData("s6")]
    [InlineData("S3")]
    [InlineData("s03")]
    [InlineData("c257")]
    [InlineData("d129")]
    [InlineData("q4")]
    [InlineData("q10")]
    [InlineData("c2x")]
    [InlineData("c2 x c2")]
    [InlineData("monster")]
    [InlineData("c99999999999")]
    public void An_unknown_name_is_one_line_that_says_what_is_known(string name)
    {
        var error = Assert.Throws<GoldilocksException>(() => Groups.Parse(name));
        Assert.Contains("s1..s5", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData("c16xc17", "272 elements, more than 256")]
    [InlineData("01_11", "element 1 has no inverse")]
    [InlineData("01_1", "row 1 has 1 entries")]
    [InlineData("0?_?0", "lower-case letters")]
    [InlineData("02_20", "outside 0..1")]
    public void A_table_that_is_no_group_is_refused(string name, string part) =>
        Assert.Contains(part, Assert.Throws<GoldilocksException>(() => Groups.Parse(name)).Message, StringComparison.Ordinal);

    [Fact]
    public void Product_quality_allocates_only_once()
    {
        var quality = new ProductQuality(new ProductParallelogramSet(SampleSet.Group(GroupTable.Symmetric(4))), Convention.Reference);
        var embedding = Array.ConvertAll(GroupTable.Symmetric(4).RegularRepresentation(), entry => entry + 0.25f);
        quality.Rqi(embedding);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 10; i++) quality.Rqi(embedding);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
