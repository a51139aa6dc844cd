using Goldilocks.Graph;

namespace Goldilocks.Analyze.Tests;

/// <summary><see cref="ExactModel"/> as others would have exported it: other inputs and outputs, no metadata. Internal values are called a, b and logits, which is in the way.</summary>
internal static class ForeignModel
{
    private static readonly Dictionary<string, AttributeValue> None = [];

    /// <summary>With the given inputs in front; nodes must give a and b.</summary>
    public static ModelGraph Behind(IReadOnlyList<ValueInfo> inputs, params Node[] nodes)
    {
        var graph = ExactModel.Graph(metadata: []);
        return graph with
        {
            Inputs = inputs,
            Initializers = [.. graph.Initializers, new("zero", Tensor.Of([0L])), new("one", Tensor.Of([1L])), new("axis", Tensor.Of([1L], 1))],
            Nodes = [.. nodes, .. graph.Nodes],
        };
    }

    /// <summary>One input of so many tokens.</summary>
    public static ModelGraph Tokens(long? count, string name = "a", ElementType type = ElementType.Int64, Dimension? batch = null)
    {
        var (first, second) = name == "a" ? ("t", "b") : ("a", "b");
        var graph = Behind([new ValueInfo(name, type, [batch ?? Dimension.Batch, count ?? Dimension.Unknown])], Pick(name, "zero", first), Pick(name, "one", second));
        return name == "a" ? graph with { Nodes = [.. graph.Nodes.Select(node => node.Name == "ea" ? node with { Inputs = ["embedding.weight", "t"] } : node)] } : graph;
    }

    /// <summary>The scores as those of the last of so many positions, under another name.</summary>
    public static ModelGraph Positions(ModelGraph graph, string name) => graph with
    {
        Nodes =
        [
            .. graph.Nodes,
            new Node("Unsqueeze", "u", ["logits", "axis"], ["last"], None),
            new Node("Neg", "n", ["last"], ["first"], None),
            new Node("Concat", "c", ["first", "last"], [name], new Dictionary<string, AttributeValue> { ["axis"] = 1L }),
        ],
        Outputs = [new ValueInfo(name, ElementType.Float32, [Dimension.Batch, 2, ExactModel.Classes])],
    };

    private static Node Pick(string input, string index, string output) => new("Gather", $"pick_{output}", [input, index], [output], new Dictionary<string, AttributeValue> { ["axis"] = 1L });
}
