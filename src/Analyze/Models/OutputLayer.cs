using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>The linear layer that gives the logits.</summary>
/// <param name="Weight">W [C, H], row-major.</param>
/// <param name="Classes">C.</param>
/// <param name="Input">Name of the value it is applied to.</param>
internal sealed record OutputLayer(float[] Weight, int Classes, string Input)
{
    public int Columns => Weight.Length / Classes;

    /// <summary>‖W‖_F.</summary>
    public double Norm => Math.Sqrt(Weight.Sum(value => (double)value * value));

    /// <exception cref="NotMeasurableException">The logits come from something else than a product with a weight.</exception>
    public static OutputLayer Of(ModelGraph graph)
    {
        var node = Producer(graph, "logits");
        while (node is { OpType: "Identity" or "Gather" or "Slice" or "Squeeze" or "Reshape" }) node = Producer(graph, node.Inputs[0]);
        if (node is { OpType: "Add" }) node = node.Inputs.Select(input => Producer(graph, input)).FirstOrDefault(input => input is { OpType: "MatMul" });
        if (node is { OpType: "Gemm" or "MatMul" } product && (Stored(graph, product, product.Inputs[1]) ?? Turned(graph, product.Inputs[1])) is { } layer) return layer with { Input = product.Inputs[0] };
        throw new NotMeasurableException("the logits are not given by a linear layer");
    }

    private static OutputLayer? Stored(ModelGraph graph, Node product, string name)
    {
        if (graph.Initializer(name) is not { Type: ElementType.Float32, Shape: [> 0, > 0] } weight) return null;
        var transposed = product.Attributes.TryGetValue("transB", out var value) && value is AttributeValue.Int { Value: not 0 };
        return transposed ? new OutputLayer(weight.AsFloats().ToArray(), (int)weight.Shape[0], "") : new OutputLayer(Transposed(weight), (int)weight.Shape[1], "");
    }

    /// <summary>A weight [C, H] behind a transposition.</summary>
    private static OutputLayer? Turned(ModelGraph graph, string name) =>
        Producer(graph, name) is { OpType: "Transpose" } node && graph.Initializer(node.Inputs[0]) is { Type: ElementType.Float32, Shape: [> 0, > 0] } weight
            ? new OutputLayer(weight.AsFloats().ToArray(), (int)weight.Shape[0], "")
            : null;

    private static float[] Transposed(Tensor weight)
    {
        var (rows, columns) = ((int)weight.Shape[0], (int)weight.Shape[1]);
        var values = weight.AsFloats();
        var turned = new float[values.Length];
        for (var row = 0; row < rows; row++)
            for (var column = 0; column < columns; column++) turned[(column * rows) + row] = values[(row * columns) + column];
        return turned;
    }

    private static Node? Producer(ModelGraph graph, string value) => graph.Nodes.FirstOrDefault(node => node.Outputs.Contains(value));
}
