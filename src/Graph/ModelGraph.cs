namespace Goldilocks.Graph;

/// <summary>
/// A model as an ONNX graph (opset 20): the one description that the trainer differentiates, the exporter writes and ONNX Runtime runs.
/// Nodes stand in topological order. Immutable; edits make a new graph.
/// </summary>
public sealed record ModelGraph
{
    /// <summary>The operator set whose names and semantics our own graphs use.</summary>
    public const int Opset = 20;

    public required string Name { get; init; }

    public string Doc { get; init; } = "";

    public required IReadOnlyList<ValueInfo> Inputs { get; init; }

    public required IReadOnlyList<ValueInfo> Outputs { get; init; }

    /// <summary>Constants by name, in insertion order: trainable parameters and fixed tensors alike.</summary>
    public required IReadOnlyList<KeyValuePair<string, Tensor>> Initializers { get; init; }

    public required IReadOnlyList<Node> Nodes { get; init; }

    /// <summary>ONNX <c>metadata_props</c>.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; init; } = new SortedDictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Operator set of the default domain the graph was read with; our own graphs have <see cref="Opset"/>.</summary>
    public int OpsetVersion { get; init; } = Opset;

    /// <summary>The tensor of an initializer, or null.</summary>
    public Tensor? Initializer(string name)
    {
        foreach (var (key, tensor) in Initializers)
            if (key == name) return tensor;
        return null;
    }

    internal bool HasInitializer(string name) => Initializer(name) is not null;

    /// <summary>The graph with other initializer values.</summary>
    public ModelGraph WithInitializers(IEnumerable<KeyValuePair<string, Tensor>> initializers) => this with { Initializers = initializers.ToArray() };

    /// <summary>The graph as it computes after training: what a <c>Dropout</c> would mask passes through.</summary>
    public ModelGraph WithoutDropout()
    {
        var passed = Nodes.Where(IsDropout).ToDictionary(node => node.Outputs[0], node => node.Inputs[0], StringComparer.Ordinal);
        var constants = Nodes.Where(IsDropout).SelectMany(node => node.Inputs.Skip(1)).ToHashSet(StringComparer.Ordinal);
        var nodes = Nodes.Where(node => !IsDropout(node)).Select(node => node with { Inputs = [.. node.Inputs.Select(Source)] }).ToArray();
        constants.ExceptWith(nodes.SelectMany(node => node.Inputs));
        return this with { Nodes = nodes, Initializers = [.. Initializers.Where(initializer => !constants.Contains(initializer.Key))] };

        string Source(string name)
        {
            while (passed.TryGetValue(name, out var source)) name = source;
            return name;
        }

        static bool IsDropout(Node node) => node.OpType == Operators.DropoutOperator.Name;
    }

    /// <summary>The part that computes the given values: other nodes, initializers and inputs are left out.</summary>
    /// <exception cref="ArgumentException">A value is not among the outputs.</exception>
    public ModelGraph Extract(IReadOnlyList<string> outputs) => Extract([], outputs);

    /// <summary>
    /// The part that computes the given values from others: each of <paramref name="inputs"/>, until now the output of a node, becomes an input of the
    /// graph, and what only its computation needed is left out. Inputs of the whole graph that are needed besides follow them.
    /// </summary>
    /// <param name="inputs">Values where the graph is cut, with type and shape.</param>
    /// <param name="outputs">Names of outputs.</param>
    /// <exception cref="ArgumentException">An input is given by no node, or a value is not among the outputs.</exception>
    public ModelGraph Extract(IReadOnlyList<ValueInfo> inputs, IReadOnlyList<string> outputs)
    {
        var cut = inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in cut)
            if (!Nodes.Any(node => node.Outputs.Contains(name))) throw new ArgumentException($"Graph {Name} has no node that gives {name}.", nameof(inputs));
        var needed = outputs.ToHashSet(StringComparer.Ordinal);
        var nodes = new List<Node>();
        foreach (var node in Nodes.Reverse())
        {
            if (!node.Outputs.Any(output => needed.Contains(output) && !cut.Contains(output))) continue;
            nodes.Add(node);
            needed.UnionWith(node.Inputs);
        }

        nodes.Reverse();
        return this with
        {
            Nodes = nodes,
            Inputs = [.. inputs, .. Inputs.Where(input => needed.Contains(input.Name))],
            Initializers = [.. Initializers.Where(initializer => needed.Contains(initializer.Key))],
            Outputs = [.. outputs.Select(name => Outputs.FirstOrDefault(output => output.Name == name)
                ?? throw new ArgumentException($"Graph {Name} has no output {name}.", nameof(outputs)))],
        };
    }
}
