namespace Goldilocks.Graph.Tests.Operators;

/// <summary>Evaluates a graph node by node with <see cref="ReferenceOperators"/>, and its gradients by the chain rule in reverse.</summary>
internal sealed class ReferenceGraph(ModelGraph graph)
{
    /// <summary>Every value by name.</summary>
    public Dictionary<string, Array64> Values { get; } = graph.Initializers.ToDictionary(pair => pair.Key, pair => Array64.Of(pair.Value));

    /// <summary>The loss's gradient with respect to every value that it depends on.</summary>
    public Dictionary<string, Array64> Gradients { get; } = [];

    public void Forward()
    {
        foreach (var node in graph.Nodes)
        {
            if (node.Outputs.Count == 1) Values[node.Outputs[0]] = ReferenceOperators.Forward(node, Inputs(node));
            else foreach (var (name, part) in node.Outputs.Zip(ReferenceOperators.Split(node, Inputs(node)))) Values[name] = part;
        }
    }

    public void Backward(string loss)
    {
        Gradients.Clear();
        Gradients[loss] = Values[loss].Map(_ => 1);
        foreach (var node in graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(Gradients.ContainsKey)) continue;
            var dy = node.Outputs.Select(name => Gradients.TryGetValue(name, out var gradient) ? gradient : new Array64(Values[name].Shape)).ToArray();
            var gradients = node.Outputs.Count == 1 ? ReferenceOperators.Backward(node, Inputs(node), Values[node.Outputs[0]], dy[0]) : [ReferenceOperators.Concat(dy)];
            foreach (var (name, gradient) in node.Inputs.Zip(gradients))
            {
                if (gradient is null) continue;
                Gradients[name] = Gradients.TryGetValue(name, out var earlier) ? new(earlier.Shape, [.. earlier.Data.Zip(gradient.Data, (a, b) => a + b)]) : gradient;
            }
        }
    }

    private Array64[] Inputs(Node node) => [.. node.Inputs.Where(name => name.Length > 0).Select(name => Values[name])];
}
