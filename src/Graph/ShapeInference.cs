using Goldilocks.Core;
using Goldilocks.Graph.Operators;

namespace Goldilocks.Graph;

/// <summary>Types and shapes of all values of a graph.</summary>
public static class ShapeInference
{
    /// <summary>Infers every value by name: inputs, initializers and node outputs.</summary>
    /// <exception cref="Core.GoldilocksException">An operator is unknown, an input is missing, or shapes do not fit; the message names the node.</exception>
    public static IReadOnlyDictionary<string, ValueInfo> Run(ModelGraph graph)
    {
        var values = Known(graph);
        foreach (var node in graph.Nodes) Infer(graph, node, values);
        return values;
    }

    /// <summary>The same for graphs from elsewhere: values behind an operator or a shape that is not known here are left out.</summary>
    public static IReadOnlyDictionary<string, ValueInfo> RunWherePossible(ModelGraph graph)
    {
        var values = Known(graph);
        foreach (var node in graph.Nodes)
        {
            try
            {
                Infer(graph, node, values);
            }
            catch (GoldilocksException)
            {
                // What depends on this node lacks its input and ends here, too.
            }
        }

        return values;
    }

    private static Dictionary<string, ValueInfo> Known(ModelGraph graph)
    {
        var values = new Dictionary<string, ValueInfo>();
        foreach (var input in graph.Inputs) values[input.Name] = input;
        foreach (var (name, tensor) in graph.Initializers)
            values[name] = new ValueInfo(name, tensor.Type, [.. tensor.Shape.Select(size => (Dimension)size)]);
        return values;
    }

    private static void Infer(ModelGraph graph, Node node, Dictionary<string, ValueInfo> values)
    {
        var context = new InferenceContext(graph, node, values);
        foreach (var (name, (type, shape)) in node.Outputs.Zip(Operator.Find(node).InferAll(context))) values[name] = new ValueInfo(name, type, shape);
    }
}
