using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>
/// A model's graph as it is run here: with two outputs more, the hidden layer before and after its activation, and an input that says by what each
/// hidden unit is multiplied, 1 for a model that is left as it is. Made in memory; no file changes.
/// </summary>
internal sealed record ObservedGraph(ModelGraph Graph, HiddenLayer? Hidden)
{
    public const string BeforeOutput = "goldilocks.hidden.before", AfterOutput = "goldilocks.hidden.after", MaskInput = "goldilocks.hidden.mask";

    private const string Masked = "goldilocks.hidden.masked", Row = "goldilocks.hidden.row", Last = "goldilocks.hidden.position";

    private static readonly Dictionary<string, AttributeValue> NoAttributes = [];

    /// <param name="graph">A model.</param>
    /// <param name="name">Its hidden layer's activation; null: the last one.</param>
    public static ObservedGraph Of(ModelGraph graph, string? name)
    {
        if (HiddenLayer.Of(graph, name) is not { } hidden) return new ObservedGraph(graph, null);
        var nodes = new List<Node>();
        foreach (var node in graph.Nodes)
        {
            nodes.Add(node with { Inputs = [.. node.Inputs.Select(name => name == hidden.After ? Masked : name)] });
            if (!node.Outputs.Contains(hidden.After)) continue;
            nodes.Add(new Node("Mul", Masked, [hidden.After, MaskInput], [Masked], NoAttributes));
            nodes.Add(Observe(hidden, hidden.Before, BeforeOutput));
            nodes.Add(Observe(hidden, hidden.After, AfterOutput));
        }

        IReadOnlyList<Dimension> shape = [Dimension.Batch, hidden.Units];
        return new ObservedGraph(graph with
        {
            Nodes = nodes,
            Inputs = [.. graph.Inputs, new ValueInfo(MaskInput, ElementType.Float32, [hidden.Size])],
            Outputs = [.. graph.Outputs, new ValueInfo(BeforeOutput, ElementType.Float32, shape), new ValueInfo(AfterOutput, ElementType.Float32, shape)],
            Initializers = hidden.Tokens == 0 ? graph.Initializers
                : [.. graph.Initializers, hidden.Position is { } position ? KeyValuePair.Create(Last, Tensor.Of([(long)position])) : KeyValuePair.Create(Row, Tensor.Of([0L, hidden.Units], 2))],
        }, hidden);
    }

    private static Node Observe(HiddenLayer hidden, string value, string output) => hidden switch
    {
        { Tokens: 0 } => new Node("Identity", output, [value], [output], NoAttributes),
        { Position: not null } => new Node("Gather", output, [value, Last], [output], new Dictionary<string, AttributeValue> { ["axis"] = 1L }),
        _ => new Node("Reshape", output, [value, Row], [output], NoAttributes),
    };
}
