namespace Goldilocks.Train;

/// <summary>What tables call the recorded quantities.</summary>
public static class CurveMetrics
{
    /// <summary>The columns <c>split</c> and <c>metric</c> of <c>curves.parquet</c>.</summary>
    public static (string Split, string Metric) Name(this CurveMetric metric) => metric switch
    {
        CurveMetric.TrainLoss => ("train", "loss"),
        CurveMetric.ValidationLoss => ("validation", "loss"),
        CurveMetric.TrainAccuracy => ("train", "accuracy"),
        CurveMetric.ValidationAccuracy => ("validation", "accuracy"),
        CurveMetric.EffectiveDimension => ("all", "effective_dimension"),
        _ => ("all", "rqi"),
    };
}
