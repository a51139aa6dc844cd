using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>
/// A model's graph as it is run here: with two outputs more, the hidden layer before and after its activation, and an input that says by what each
/// hidden unit is multiplied, 1 for a model that is left as it is. Made in memory; no file changes.
/// </summary>
internal static class ObservedGraph
{
    public const string BeforeOutput = "goldilocks.hidden.before", AfterOutput = "goldilocks.hidden.after", MaskInput = "goldilocks.hidden.mask";

    private const string Masked = "goldilocks.hidden.masked", Row = "goldilocks.hidden.row", Last = "goldilocks.hidden.position";

    private static readonly Dictionary<string, AttributeValue> NoAttributes = [];

    public static ModelGraph Of(ModelGraph graph, HiddenLayer hidden)
    {
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
        return graph with
        {
            Nodes = nodes,
            Inputs = [.. graph.Inputs, new ValueInfo(MaskInput, ElementType.Float32, [hidden.Size])],
            Outputs = [.. graph.Outputs, new ValueInfo(BeforeOutput, ElementType.Float32, shape), new ValueInfo(AfterOutput, ElementType.Float32, shape)],
            Initializers = hidden.Tokens == 0 ? graph.Initializers
                : [.. graph.Initializers, hidden.Position is { } position ? KeyValuePair.Create(Last, Tensor.Of([(long)position])) : KeyValuePair.Create(Row, Tensor.Of([0L, hidden.Units], 2))],
        };
    }

    /// <summary>The shapes that ONNX Runtime gives to values of a graph, by name; empty where it cannot.</summary>
    public static IReadOnlyDictionary<string, long[]> Measure(ModelGraph graph, IReadOnlyList<string> values, EvaluationSet samples, OrtOptions options)
    {
        string Shape(string value) => $"goldilocks.shape.{value}";
        try
        {
            using var session = OrtSession.Create(OnnxFile.Serialize(graph with
            {
                Nodes = [.. graph.Nodes, .. values.Select(value => new Node("Shape", Shape(value), [value], [Shape(value)], NoAttributes))],
                Outputs = [.. values.Select(value => new ValueInfo(Shape(value), ElementType.Int64, [Dimension.Unknown]))],
            }), options);
            var found = session.Run(samples.Inputs.ToDictionary(input => input.Name, input => input.Tensor));
            return values.ToDictionary(value => value, value => found[Shape(value)].Integers);
        }
        catch (GoldilocksException)
        {
            return new Dictionary<string, long[]>();
        }
    }

    private static Node Observe(HiddenLayer hidden, string value, string output) => hidden switch
    {
        { Tokens: 0 } => new Node("Identity", output, [value], [output], NoAttributes),
        { Position: not null } => new Node("Gather", output, [value, Last], [output], new Dictionary<string, AttributeValue> { ["axis"] = 1L }),
        _ => new Node("Reshape", output, [value, Row], [output], NoAttributes),
    };
}
