using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>A model from elsewhere as measures see it.</summary>
/// <param name="Graph">With the inputs a and b and the output logits where that was possible.</param>
/// <param name="Embedding">The initializer that was taken for the embedding; null: none was found.</param>
/// <param name="InputLayout">What the inputs were taken for; null: they were not converted.</param>
/// <param name="Logits">The output that was taken for the scores; null: none.</param>
/// <param name="OutputLayout">What was taken of it.</param>
/// <param name="Obstacle">Why the model cannot be evaluated, as a clause for a note; null: it can.</param>
internal sealed record AdaptedModel(ModelGraph Graph, string? Embedding, string? InputLayout, string? Logits, string? OutputLayout, string? Obstacle);
