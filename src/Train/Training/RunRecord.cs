namespace Goldilocks.Train;

/// <summary>What a run measured so far.</summary>
public sealed class RunRecord
{
    /// <summary>First step whose training accuracy reaches the threshold; null when none has.</summary>
    public long? TrainAccuracyStep { get; set; }

    /// <summary>First step whose validation accuracy reaches the threshold; null when none has.</summary>
    public long? ValidationAccuracyStep { get; set; }

    /// <summary>First step whose RQI exceeds the threshold; null when none has.</summary>
    public long? RqiStep { get; set; }

    /// <summary>Updates done.</summary>
    public long Steps { get; set; }

    /// <summary>Seconds spent training, over all sessions.</summary>
    public double Seconds { get; set; }

    /// <summary>Whether no more updates will follow.</summary>
    public bool Finished { get; set; }

    /// <summary>The state after the last update.</summary>
    public Measurement Last { get; set; }

    /// <summary>Recorded values, in the order they were measured.</summary>
    public List<CurvePoint> Curve { get; } = [];

    /// <summary>Steps whose embedding was recorded.</summary>
    public List<long> EmbeddingSteps { get; } = [];

    /// <summary>The recorded embeddings, [P·D] values for each of <see cref="EmbeddingSteps"/>.</summary>
    public List<float> Embeddings { get; } = [];

    /// <summary>Makes room for everything that will be recorded, so that training allocates nothing.</summary>
    public void Reserve(int recordedSteps, int embeddingSteps, int embeddingSize)
    {
        Curve.EnsureCapacity(recordedSteps * Enum.GetValues<CurveMetric>().Length);
        EmbeddingSteps.EnsureCapacity(embeddingSteps);
        Embeddings.EnsureCapacity(embeddingSteps * embeddingSize);
    }
}

/// <summary>Everything measured on one state of the parameters.</summary>
/// <param name="TrainLoss">Mean loss over all training samples.</param>
/// <param name="ValidationLoss">Mean loss over the validation samples; NaN when there are none.</param>
/// <param name="TrainCorrect">Training samples whose class is right.</param>
/// <param name="ValidationCorrect">Validation samples whose class is right.</param>
/// <param name="Rqi">Representation quality index; NaN where the task has none.</param>
public readonly record struct Measurement(double TrainLoss, double ValidationLoss, int TrainCorrect, int ValidationCorrect, double Rqi);

/// <summary>The recorded quantities; names and splits as in <c>curves.parquet</c>.</summary>
public enum CurveMetric
{
    TrainLoss,
    ValidationLoss,
    TrainAccuracy,
    ValidationAccuracy,
    Rqi,
    EffectiveDimension,
}

/// <summary>One row of a curve.</summary>
public readonly record struct CurvePoint(long Step, CurveMetric Metric, double Value);
