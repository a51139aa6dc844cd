namespace Goldilocks.Report;

/// <summary>Everything recorded of one run.</summary>
internal sealed record RunDetail
{
    public required RunRow Row { get; init; }

    /// <summary>Fractions.</summary>
    public required Curve TrainAccuracy { get; init; }

    /// <summary>Fractions; empty when no pair was left for validation.</summary>
    public required Curve ValidationAccuracy { get; init; }

    public required Curve TrainLoss { get; init; }

    public required Curve ValidationLoss { get; init; }

    /// <summary>Fractions.</summary>
    public required Curve Rqi { get; init; }

    /// <summary>exp(S) of the embedding at recorded steps; empty where it was not recorded.</summary>
    public required Curve EffectiveDimension { get; init; }

    /// <summary>Empty where there is no embedding that charts can draw.</summary>
    public required EmbeddingHistory Embeddings { get; init; }

    /// <summary>By step; null when there is no analysis.</summary>
    public required IReadOnlyList<AnalysisRow>? Analysis { get; init; }
}
