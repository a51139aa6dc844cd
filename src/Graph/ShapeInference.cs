using Goldilocks.Graph.Operators;

namespace Goldilocks.Graph;

/// <summary>Types and shapes of all values of a graph.</summary>
public static class ShapeInference
{
    /// <summary>Infers every value by name: inputs, initializers and node outputs.</summary>
    /// <exception cref="Core.GoldilocksException">An operator is unknown, an input is missing, or shapes do not fit; the message names the node.</exception>
    public static IReadOnlyDictionary<string, ValueInfo> Run(ModelGraph graph)
    {
        var values = new Dictionary<string, ValueInfo>();
        foreach (var input in graph.Inputs) values[input.Name] = input;
        foreach (var (name, tensor) in graph.Initializers)
            values[name] = new ValueInfo(name, tensor.Type, [.. tensor.Shape.Select(size => (Dimension)size)]);
        foreach (var node in graph.Nodes)
        {
            var context = new InferenceContext(graph, node, values);
            foreach (var (name, (type, shape)) in node.Outputs.Zip(Operator.Find(node).InferAll(context))) values[name] = new ValueInfo(name, type, shape);
        }

        return values;
    }
}
