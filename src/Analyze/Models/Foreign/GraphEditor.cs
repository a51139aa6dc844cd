using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>A graph under conversion: nodes are put before and behind it, and values that are in the way get other names.</summary>
internal sealed class GraphEditor
{
    private static readonly Dictionary<string, AttributeValue> NoAttributes = [];

    private readonly List<Node> _before = [];
    private readonly List<Node> _behind = [];
    private readonly HashSet<string> _taken;
    private ModelGraph _graph;
    private bool _behindGraph;

    public GraphEditor(ModelGraph graph)
    {
        _graph = graph;
        _taken = [.. graph.Inputs.Select(input => input.Name), .. graph.Initializers.Select(initializer => initializer.Key)];
        foreach (var node in graph.Nodes)
        {
            _taken.Add(node.Name);
            _taken.UnionWith(node.Outputs);
        }
    }

    /// <summary>The graph as it was, with the values that <see cref="Free"/> has renamed.</summary>
    public ModelGraph Original => _graph;

    /// <summary>From here on nodes are put behind the graph, not before it.</summary>
    public void GoBehind() => _behindGraph = true;

    /// <summary>A name that nothing has yet.</summary>
    public string Fresh(string wish)
    {
        while (!_taken.Add(wish)) wish += "_";
        return wish;
    }

    /// <summary>Makes a name usable: what has it now gets another one.</summary>
    /// <returns>The other name, or the same when nothing had it.</returns>
    public string Free(string name)
    {
        if (_taken.Add(name)) return name;
        var other = Fresh(name + "_");
        string Renamed(string value) => value == name ? other : value;
        _graph = _graph with
        {
            Inputs = [.. _graph.Inputs.Select(input => input with { Name = Renamed(input.Name) })],
            Outputs = [.. _graph.Outputs.Select(output => output with { Name = Renamed(output.Name) })],
            Initializers = [.. _graph.Initializers.Select(initializer => KeyValuePair.Create(Renamed(initializer.Key), initializer.Value))],
            Nodes = [.. _graph.Nodes.Select(node => node with { Name = Renamed(node.Name), Inputs = [.. node.Inputs.Select(Renamed)], Outputs = [.. node.Outputs.Select(Renamed)] })],
        };
        return other;
    }

    /// <summary>A constant. No initializer, for those count as weights.</summary>
    public string Constant(Tensor value) => Apply("Constant", [], Fresh("constant"), new Dictionary<string, AttributeValue> { ["value"] = new AttributeValue.TensorValue(value) });

    /// <summary>Adds a node.</summary>
    /// <param name="operation">Its operator, the same in all operator sets that are read.</param>
    /// <param name="inputs">Values that exist.</param>
    /// <param name="output">The value it gives, a name that only this node has; null: a fresh one.</param>
    /// <param name="attributes">Of the operator.</param>
    public string Apply(string operation, IReadOnlyList<string> inputs, string? output = null, IReadOnlyDictionary<string, AttributeValue>? attributes = null)
    {
        output ??= Fresh("converted");
        (_behindGraph ? _behind : _before).Add(new Node(operation, Fresh("convert"), inputs, [output], attributes ?? NoAttributes));
        return output;
    }

    /// <summary>Splits an initializer in two, of which a node before the graph makes the whole again.</summary>
    /// <param name="name">A matrix of 32-bit numbers.</param>
    /// <param name="rows">Of the first part.</param>
    /// <returns>The first part's name.</returns>
    public string SplitRows(string name, int rows)
    {
        var whole = _graph.Initializer(name)!;
        var bytes = rows * (int)whole.Shape[1] * sizeof(float);
        var first = new Tensor(whole.Type, [rows, whole.Shape[1]], whole.Data[..bytes]);
        var rest = new Tensor(whole.Type, [whole.Shape[0] - rows, whole.Shape[1]], whole.Data[bytes..]);
        var (head, tail) = (Fresh(name + ":symbols"), Fresh(name + ":rest"));
        Replace(name, [KeyValuePair.Create(head, first), KeyValuePair.Create(tail, rest)]);
        Insert(new Node("Concat", Fresh("convert"), [head, tail], [name], new Dictionary<string, AttributeValue> { ["axis"] = 0L }));
        return head;
    }

    /// <summary>Replaces a matrix by its transpose, of which a node before the graph makes the matrix again.</summary>
    /// <returns>The transpose's name.</returns>
    public string Transpose(string name)
    {
        var matrix = _graph.Initializer(name)!;
        var (rows, columns) = ((int)matrix.Shape[0], (int)matrix.Shape[1]);
        var transposed = new float[rows * columns];
        var values = matrix.AsFloats();
        for (var i = 0; i < values.Length; i++) transposed[(i % columns * rows) + (i / columns)] = values[i];
        var turned = Fresh(name + ":symbols");
        Replace(name, [KeyValuePair.Create(turned, Tensor.Of(transposed, columns, rows))]);
        Insert(new Node("Transpose", Fresh("convert"), [turned], [name], new Dictionary<string, AttributeValue> { ["perm"] = new[] { 1L, 0 } }));
        return turned;
    }

    /// <summary>The graph with other inputs and outputs.</summary>
    public ModelGraph Build(IReadOnlyList<ValueInfo> inputs, IReadOnlyList<ValueInfo> outputs) =>
        _graph with { Inputs = inputs, Outputs = outputs, Nodes = [.. _before, .. _graph.Nodes, .. _behind] };

    private void Insert(Node node) => _before.Add(node);

    private void Replace(string name, IEnumerable<KeyValuePair<string, Tensor>> parts) =>
        _graph = _graph with { Initializers = [.. _graph.Initializers.SelectMany(initializer => initializer.Key == name ? parts : [initializer])] };
}
