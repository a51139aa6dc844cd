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

    /// <summary>A run from its parts.</summary>
    /// <param name="row">Its settings and results.</param>
    /// <param name="curves">By split and metric; what is missing is empty.</param>
    /// <param name="embeddings">See <see cref="Embeddings"/>.</param>
    /// <param name="analysis">See <see cref="Analysis"/>.</param>
    public static RunDetail Of(RunRow row, IReadOnlyDictionary<(string Split, string Metric), Curve> curves, EmbeddingHistory embeddings, IReadOnlyList<AnalysisRow>? analysis)
    {
        Curve Find(string split, string metric) => curves.GetValueOrDefault((split, metric), Curve.Empty);
        return new RunDetail
        {
            Row = row,
            TrainAccuracy = Find("train", "accuracy"),
            ValidationAccuracy = Find("validation", "accuracy"),
            TrainLoss = Find("train", "loss"),
            ValidationLoss = Find("validation", "loss"),
            Rqi = Find("all", "rqi"),
            EffectiveDimension = Find("all", "effective_dimension"),
            Embeddings = embeddings,
            Analysis = analysis,
        };
    }
}
