using Goldilocks.Graph.Compile;
using Goldilocks.Graph.Tests.Compile;

namespace Goldilocks.Graph.Tests;

/// <summary>Parts of a graph: what an output needs, and what it needs once an inner value is given.</summary>
public sealed class ExtractTests
{
    private static readonly ModelGraph Whole = ToyModels.Create(regression: true);

    private static readonly ValueInfo Sum = new("e", ElementType.Float32, [Dimension.Batch, ToyModels.D]);

    [Fact]
    public void Without_a_cut_everything_that_the_output_needs_is_kept()
    {
        var part = Whole.Extract(["y"]);
        Assert.Equal(["ea", "eb", "e", "l1", "h1", "l2", "h2", "y"], part.Nodes.Select(node => node.Name));
        Assert.Equal(["a", "b"], part.Inputs.Select(input => input.Name));
        Assert.Equal(["embedding", "w1", "b1", "w2", "b2", "w3", "b3"], part.Initializers.Select(initializer => initializer.Key));
    }

    [Fact]
    public void A_cut_leaves_out_what_stands_before_it()
    {
        var part = Whole.Extract([Sum], ["y"]);
        GraphValidator.Check(part, "the part");
        Assert.Equal(["l1", "h1", "l2", "h2", "y"], part.Nodes.Select(node => node.Name));
        Assert.Equal([Sum], part.Inputs);
        Assert.Equal(ToyModels.Decoder, part.Initializers.Select(initializer => initializer.Key));
        Assert.Equal(["y"], part.Outputs.Select(output => output.Name));
    }

    [Fact]
    public void The_cut_graph_computes_what_the_whole_one_does()
    {
        var options = new CompileOptions { ForwardRows = 4, GradientRows = 4, Outputs = ["y"] };
        using var whole = CompiledModel.Compile(Whole.Extract(["y"]), options);
        using var part = CompiledModel.Compile(Whole.Extract([Sum], ["y"]), options);
        int[] a = [0, 5, 2, 2], b = [1, 5, 3, 2];
        var embedding = Whole.Initializer("embedding")!.AsFloats().ToArray();
        var sums = new float[4 * ToyModels.D];
        for (var i = 0; i < sums.Length; i++)
        {
            var (row, d) = (i / ToyModels.D, i % ToyModels.D);
            sums[i] = embedding[(a[row] * ToyModels.D) + d] + embedding[(b[row] * ToyModels.D) + d];
            (whole.Indices("a")[row], whole.Indices("b")[row]) = (a[row], b[row]);
        }

        part.Write("e", Tensor.Of(sums, 4, ToyModels.D));
        whole.Forward();
        part.Forward();
        Assert.Equal(whole.Read("y").AsFloats().ToArray(), part.Read("y").AsFloats().ToArray());
    }

    [Fact]
    public void Inputs_that_are_needed_besides_follow_the_cut() =>
        Assert.Equal(["ea", "b"], Whole.Extract([new ValueInfo("ea", ElementType.Float32, [Dimension.Batch, ToyModels.D])], ["y"]).Inputs.Select(input => input.Name));

    [Fact]
    public void A_cut_elsewhere_changes_nothing_that_is_computed()
    {
        var part = Whole.Extract([new ValueInfo("error", ElementType.Float32, [Dimension.Batch, ToyModels.O])], ["y"]);
        Assert.Equal(Whole.Extract(["y"]).Nodes, part.Nodes);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("a")]
    [InlineData("w1")]
    public void Only_what_a_node_gives_can_be_cut(string value) =>
        Assert.Contains(value, Assert.Throws<ArgumentException>(() => Whole.Extract([Sum with { Name = value }], ["y"])).Message, StringComparison.Ordinal);

    [Fact]
    public void An_output_that_is_none_is_refused() => Assert.Throws<ArgumentException>(() => Whole.Extract([Sum], ["h1"]));
}
