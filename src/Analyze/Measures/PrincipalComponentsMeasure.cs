using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>How the embedding's variance is spread over its principal components: entropy S = −Σ σ ln σ and effective dimension exp(S).</summary>
internal sealed class PrincipalComponentsMeasure : IMeasure
{
    /// <summary>Multiplications of the covariance matrix; larger embeddings are not decomposed.</summary>
    private const double LargestCost = 1L << 33;

    private const int Leading = 3;

    public string Name => "principal_components";

    public string Source => "section 4.2";

    public string Needs => "embedding";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("pca_entropy", ColumnType.Float64, "entropy of the explained-variance fractions of the centred embedding, in nats"),
        new("effective_dimension", ColumnType.Float64, "exp(pca_entropy)"),
        .. Enumerable.Range(1, Leading).Select(i => new Column($"explained_variance_{i}", ColumnType.Float64, $"fraction of the embedding's variance along principal component {i}; null: it has fewer")),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var embedding = context.Embedding;
        if ((double)embedding.Symbols * embedding.Dimension * Math.Min(embedding.Symbols, embedding.Dimension) > LargestCost)
            throw new NotMeasurableException($"the embedding [{embedding.Symbols},{embedding.Dimension}] is too large for its principal components");
        foreach (var value in embedding.Values)
        {
            if (!float.IsFinite(value)) throw new NotMeasurableException("the embedding is not finite");
        }

        var spectrum = PcaSpectrum.Of(embedding.Values, embedding.Symbols);
        var fractions = spectrum.Fractions;
        return [spectrum.Entropy, spectrum.EffectiveDimension, .. Enumerable.Range(0, Leading).Select(i => i < fractions.Length ? fractions[i] : (double?)null)];
    }
}
