using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>The matrices in which a graph looks up what its inputs say: embeddings by what they do, whatever their names.</summary>
internal static class TokenLookups
{
    /// <summary>Names of the initializers [P, D] whose rows a <c>Gather</c> picks by values of the inputs; positions, which follow from an input's shape alone, are none.</summary>
    public static IReadOnlyList<string> Of(ModelGraph graph)
    {
        var matrices = graph.Initializers.Where(initializer => Embedding.IsMatrix(initializer.Value)).ToDictionary(initializer => initializer.Key, initializer => initializer.Key, StringComparer.Ordinal);
        var fromInputs = graph.Inputs.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        var found = new List<string>();
        foreach (var node in graph.Nodes)
        {
            // An exporter may give a shared weight a second name.
            if (node is { OpType: "Identity", Inputs: [var source], Outputs: [var alias] } && matrices.TryGetValue(source, out var original)) matrices[alias] = original;
            if (node is { OpType: "Gather", Inputs: [var data, var indices] } && matrices.TryGetValue(data, out var matrix) && fromInputs.Contains(indices)
                && (node.Attributes.GetValueOrDefault("axis") is not AttributeValue.Int { Value: var axis } || axis is 0 or -2) && !found.Contains(matrix))
            {
                found.Add(matrix);
            }

            if (node.OpType is not ("Shape" or "Size") && node.Inputs.Any(fromInputs.Contains)) fromInputs.UnionWith(node.Outputs);
        }

        return found;
    }
}
