using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Tests.Operators;

/// <summary>
/// A small graph around one operator with a scalar loss in which every element of the operator's output counts differently, its trainable
/// parameters, and the values of its inputs.
/// </summary>
internal sealed class OperatorCase
{
    /// <summary>Rows in the forward pass (F) and rows that are trained on (G).</summary>
    public const int ForwardRows = 23, GradientRows = 14;

    private readonly Random _random = new(2);
    private readonly GraphBuilder _graph = new("case");

    public List<string> Parameters { get; } = [];

    /// <summary>Values of the inputs for all rows.</summary>
    public Dictionary<string, Tensor> Inputs { get; } = [];

    public ModelGraph Graph { get; private set; } = null!;

    /// <summary>A trainable parameter with values of size up to <paramref name="scale"/>, none within a hundredth of it of 0 (Relu's kink).</summary>
    public string Parameter(string name, long[] shape, double scale = 1)
    {
        Parameters.Add(name);
        return Constant(name, shape, scale);
    }

    public string Constant(string name, long[] shape, double scale = 1) => _graph.Initializer(name, Random(shape, scale));

    public string Integers(string name, params long[] values) => _graph.Initializer(name, Tensor.Of(values, values.Length));

    /// <summary>A batch value [B, columns] that depends on a parameter: rows of a table, some of them several times.</summary>
    public string Batch(string name, int columns)
    {
        const int symbols = 7;
        var indices = Enumerable.Range(0, ForwardRows).Select(_ => _random.NextInt64(symbols - 1)).ToArray();
        Inputs[name + ".index"] = Tensor.Of(indices, ForwardRows);
        _graph.Input(name + ".index", ElementType.Int64, [Dimension.Batch]);
        return Apply("Gather", name, [Parameter(name + ".table", [symbols, columns]), name + ".index"]);
    }

    public string Number(string name, float value) => _graph.Initializer(name, Tensor.Of([value]));

    public string Flag(string name) => _graph.Initializer(name, new Tensor(ElementType.Bool, [], new byte[] { 1 }));

    public string Apply(string op, string output, string[] inputs, params (string Name, AttributeValue Value)[] attributes) =>
        _graph.Apply(op, output, inputs, attributes.ToDictionary(pair => pair.Name, pair => pair.Value));

    /// <summary>Splits the last axis, into equal parts or by sizes.</summary>
    public void Split(string[] outputs, string input, string? sizes) => _graph.Apply("Split", outputs, sizes is null ? [input] : [input, sizes],
        sizes is null ? new Dictionary<string, AttributeValue> { ["axis"] = -1L, ["num_outputs"] = (long)outputs.Length } : new Dictionary<string, AttributeValue> { ["axis"] = -1L });

    /// <summary>loss = mean over all elements of y·w, w random and of y's shape.</summary>
    public OperatorCase Weigh(string y, params long[] shape) => Loss(Apply("Mul", "weighted", [y, Constant("weights", shape)]));

    /// <summary>As <see cref="Weigh"/>, for a batch value with these trailing dimensions.</summary>
    public OperatorCase WeighBatch(string y, params long[] shape)
    {
        Inputs["weights"] = Random([ForwardRows, .. shape], 1);
        _graph.Input("weights", ElementType.Float32, [Dimension.Batch, .. shape.Select(size => (Dimension)size)]);
        return Loss(Apply("Mul", "weighted", [y, "weights"]));
    }

    public CompiledModel Compile(InstructionSet set, bool keepAll)
    {
        var model = CompiledModel.Compile(Graph, new CompileOptions
        {
            ForwardRows = ForwardRows,
            GradientRows = GradientRows,
            Loss = "loss",
            Outputs = keepAll ? [.. Graph.Nodes.Select(node => node.Outputs[0])] : [],
            Groups = [new ParameterGroup(Parameters, new AdamWOptions(1e-3))],
            Set = set,
        });
        foreach (var (name, tensor) in Inputs)
        {
            if (tensor.Type == ElementType.Float32) model.Write(name, tensor);
            else for (var r = 0; r < ForwardRows; r++) model.Indices(name)[r] = (int)tensor.AsInt64s()[r];
        }

        return model;
    }

    /// <summary>The double twin of the leading rows.</summary>
    public ReferenceGraph Reference(int rows)
    {
        var reference = new ReferenceGraph(Graph);
        foreach (var (name, tensor) in Inputs) reference.Values[name] = Array64.Of(tensor).Leading(rows);
        reference.Forward();
        reference.Backward("loss");
        return reference;
    }

    private OperatorCase Loss(string weighted)
    {
        Apply("ReduceMean", "loss", [weighted], ("keepdims", 0L));
        _graph.Output("loss");
        Graph = _graph.Build();
        return this;
    }

    private Tensor Random(long[] shape, double scale)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++) values[i] = (float)((0.01 + (0.99 * _random.NextDouble())) * scale * (_random.Next(2) == 0 ? -1 : 1));
        return Tensor.Of(values, shape);
    }
}
