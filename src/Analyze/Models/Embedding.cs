using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>An embedding E [P, D], row-major.</summary>
internal sealed record Embedding(Tensor Tensor)
{
    public ReadOnlySpan<float> Values => Tensor.AsFloats();

    public int Symbols => (int)Tensor.Shape[0];

    public int Dimension => (int)Tensor.Shape[1];

    /// <inheritdoc cref="NameIn"/>
    public static Embedding Of(ModelGraph graph) => new(graph.Initializer(NameIn(graph))!);

    /// <summary>
    /// The initializer that the metadata name; without metadata, the only one whose rows the inputs pick, or of several the one that is named like an
    /// embedding's weight, or where nothing is picked the only one that is named so.
    /// </summary>
    /// <exception cref="NotMeasurableException">There is none, or several might be meant.</exception>
    public static string NameIn(ModelGraph graph)
    {
        if (graph.Metadata.TryGetValue("embedding", out var name))
        {
            var named = graph.Initializer(name) ?? throw new NotMeasurableException("the model lacks the embedding that its metadata name");
            return IsMatrix(named) ? name : throw new NotMeasurableException("the embedding is no matrix of 32-bit numbers");
        }

        var lookups = TokenLookups.Of(graph);
        if (lookups is [var single]) return single;
        var candidates = (lookups.Count > 0 ? lookups : graph.Initializers.Where(initializer => IsMatrix(initializer.Value)).Select(initializer => initializer.Key)).Where(LooksLikeEmbedding).ToArray();
        return candidates switch
        {
            [var only] => only,
            [] when lookups.Count > 0 => throw new NotMeasurableException($"the inputs pick rows of {lookups.Count} initializers; name the embedding with --embedding"),
            [] => throw new NotMeasurableException("no initializer is named like an embedding (*embed*weight)"),
            _ => throw new NotMeasurableException($"{candidates.Length} initializers are named like an embedding (*embed*weight)"),
        };
    }

    /// <summary>Whether a tensor could be an embedding.</summary>
    public static bool IsMatrix(Tensor tensor) => tensor is { Type: ElementType.Float32, Shape: [> 0, > 0] };

    private static bool LooksLikeEmbedding(string name)
    {
        var embed = name.IndexOf("embed", StringComparison.OrdinalIgnoreCase);
        return embed >= 0 && name.IndexOf("weight", embed, StringComparison.OrdinalIgnoreCase) >= 0;
    }
}
