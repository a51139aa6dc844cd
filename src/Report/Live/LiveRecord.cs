namespace Goldilocks.Report;

/// <summary>What was recorded of a run up to now.</summary>
public sealed record LiveRecord
{
    public required LiveRun Run { get; init; }

    /// <summary>Differs whenever anything else does.</summary>
    public required long Version { get; init; }

    /// <summary>The columns of <c>runs.parquet</c> that follow the settings, as far as they are known: phase, first steps, executed steps, last values.</summary>
    public required IReadOnlyList<KeyValuePair<string, object?>> Results { get; init; }

    /// <summary>In the order they were recorded.</summary>
    public required IReadOnlyList<LivePoint> Points { get; init; }

    /// <summary>Steps whose embedding was recorded; empty where the page does not draw it.</summary>
    public required IReadOnlyList<long> EmbeddingSteps { get; init; }

    /// <summary>P·D values for each of these steps, as trained.</summary>
    public required IReadOnlyList<float> Embeddings { get; init; }

    /// <summary>Whether there is something to draw: of one state alone no chart can be made.</summary>
    public bool IsVisible => Points.Any(point => point.Metric == Points[0].Metric && point.Split == Points[0].Split && point.Step != Points[0].Step);
}
