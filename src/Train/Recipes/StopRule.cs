namespace Goldilocks.Train;

/// <summary>When a run may end before all its steps are done.</summary>
public enum StopRule
{
    /// <summary>Never: all steps.</summary>
    Never,

    /// <summary>Once the thresholds of both accuracies and of the RQI have been reached: none of those steps can change any more.</summary>
    Thresholds,

    /// <summary>Once the thresholds of both accuracies have been reached, which decides the phase.</summary>
    Accuracy,

    /// <summary>Once the RQI has exceeded its threshold: all that figures about the representation's formation ask for.</summary>
    Rqi,
}
