using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>An embedding E [P, D], row-major.</summary>
internal sealed record Embedding(Tensor Tensor)
{
    public ReadOnlySpan<float> Values => Tensor.AsFloats();

    public int Symbols => (int)Tensor.Shape[0];

    public int Dimension => (int)Tensor.Shape[1];

    /// <summary>The initializer that the metadata name; without metadata, the only one named like an embedding's weight.</summary>
    /// <exception cref="NotMeasurableException">There is none, or several might be meant.</exception>
    public static Embedding Of(ModelGraph graph)
    {
        if (graph.Metadata.TryGetValue("embedding", out var name))
        {
            var named = graph.Initializer(name) ?? throw new NotMeasurableException("the model lacks the embedding that its metadata name");
            return IsMatrix(named) ? new Embedding(named) : throw new NotMeasurableException("the embedding is no matrix of 32-bit numbers");
        }

        var candidates = graph.Initializers.Where(initializer => LooksLikeEmbedding(initializer.Key) && IsMatrix(initializer.Value)).ToArray();
        return candidates switch
        {
            [var only] => new Embedding(only.Value),
            [] => throw new NotMeasurableException("no initializer is named like an embedding (*embed*weight)"),
            _ => throw new NotMeasurableException($"{candidates.Length} initializers are named like an embedding (*embed*weight)"),
        };
    }

    private static bool LooksLikeEmbedding(string name)
    {
        var embed = name.IndexOf("embed", StringComparison.OrdinalIgnoreCase);
        return embed >= 0 && name.IndexOf("weight", embed, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private static bool IsMatrix(Tensor tensor) => tensor is { Type: ElementType.Float32, Shape: [> 0, > 0] };
}
