namespace Goldilocks.Graph;

/// <summary>Builds a <see cref="ModelGraph"/> node by node; value names are ONNX value names.</summary>
public sealed class GraphBuilder(string name, string doc = "")
{
    private static readonly Dictionary<string, AttributeValue> NoAttributes = [];

    private readonly List<ValueInfo> _inputs = [];
    private readonly List<KeyValuePair<string, Tensor>> _initializers = [];
    private readonly List<Node> _nodes = [];
    private readonly List<string> _outputs = [];
    private readonly Dictionary<string, string> _outputDocs = [];

    /// <summary>Declares an input and returns its name.</summary>
    public string Input(string input, ElementType type, IReadOnlyList<Dimension> shape, string inputDoc = "")
    {
        _inputs.Add(new ValueInfo(input, type, shape, inputDoc));
        return input;
    }

    /// <summary>Adds a constant or parameter and returns its name.</summary>
    public string Initializer(string initializer, Tensor tensor)
    {
        _initializers.Add(new(initializer, tensor));
        return initializer;
    }

    /// <summary>Applies an operator with one output; the output's name names the node too.</summary>
    public string Apply(string opType, string output, IReadOnlyList<string> inputs, IReadOnlyDictionary<string, AttributeValue>? attributes = null, string nodeDoc = "")
    {
        _nodes.Add(new Node(opType, output, inputs, [output], attributes ?? NoAttributes, nodeDoc));
        return output;
    }

    /// <summary>Applies an operator with several outputs; the first output's name names the node too.</summary>
    public void Apply(string opType, IReadOnlyList<string> outputs, IReadOnlyList<string> inputs, IReadOnlyDictionary<string, AttributeValue> attributes) =>
        _nodes.Add(new Node(opType, outputs[0], inputs, outputs, attributes));

    /// <summary>y = x·Wᵀ + b with PyTorch's <c>Linear</c> layout, W [out, in].</summary>
    public string Linear(string output, string input, string weight, string bias, string nodeDoc = "") =>
        Apply("Gemm", output, [input, weight, bias], new Dictionary<string, AttributeValue> { ["transB"] = 1L }, nodeDoc);

    /// <summary>Declares a value as an output of the graph.</summary>
    public void Output(string output, string outputDoc = "")
    {
        _outputs.Add(output);
        _outputDocs[output] = outputDoc;
    }

    /// <summary>The graph, with output types from shape inference.</summary>
    public ModelGraph Build()
    {
        var graph = new ModelGraph { Name = name, Doc = doc, Inputs = [.. _inputs], Outputs = [], Initializers = [.. _initializers], Nodes = [.. _nodes] };
        var values = ShapeInference.Run(graph);
        return graph with { Outputs = [.. _outputs.Select(output => values[output] with { Doc = _outputDocs[output] })] };
    }
}
