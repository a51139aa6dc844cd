namespace Goldilocks.Theory;

/// <summary>Thresholds that turn a run's history into a <see cref="Phase"/> (table 1).</summary>
public sealed record PhaseRule
{
    /// <summary>Accuracy threshold, a fraction. Default 0.9.</summary>
    public double Accuracy { get; init; } = 0.9;

    /// <summary>Threshold of validation accuracy, a fraction, where it is another one; null: <see cref="Accuracy"/>.</summary>
    public double? ValidationAccuracy { get; init; }

    /// <summary>Whether accuracy equal to the threshold has reached it: not by the paper ("&gt; 90 %"), yes in the reference code.</summary>
    public bool AccuracyInclusive { get; init; }

    /// <summary>RQI must exceed this fraction. Default 0.95.</summary>
    public double Rqi { get; init; } = 0.95;

    /// <summary>Steps within which a threshold counts as reached. Default 100,000.</summary>
    public long StepBudget { get; init; } = 100_000;

    /// <summary>Comprehension when validation follows train by fewer steps than this. Default 1,000.</summary>
    public long Gap { get; init; } = 1_000;

    /// <summary>The rule of a convention with the paper's budget and gap.</summary>
    public static PhaseRule For(Convention convention) => new() { AccuracyInclusive = convention == Convention.Reference };

    /// <summary>Whether <paramref name="correct"/> of <paramref name="total"/> training samples reach the accuracy threshold; never for no samples.</summary>
    public bool ReachesAccuracy(int correct, int total) => Reaches(Accuracy, correct, total);

    /// <summary>As <see cref="ReachesAccuracy"/>, for validation samples.</summary>
    public bool ReachesValidationAccuracy(int correct, int total) => Reaches(ValidationAccuracy ?? Accuracy, correct, total);

    /// <summary>Whether an RQI exceeds the threshold (strictly, in both conventions).</summary>
    public bool ReachesRqi(double rqi) => rqi > Rqi;

    /// <summary>The phase of a run from its first-crossing steps; null where a threshold was never reached.</summary>
    public Phase Classify(long? trainStep, long? validationStep)
    {
        var train = trainStep <= StepBudget ? trainStep : null;
        var validation = validationStep <= StepBudget ? validationStep : null;
        return (train, validation) switch
        {
            ({ } t, { } v) => v - t < Gap ? Phase.Comprehension : Phase.Grokking,
            ({ }, null) => Phase.Memorization,
            (null, null) => Phase.Confusion,
            _ => Phase.Undefined,
        };
    }

    private bool Reaches(double threshold, int correct, int total)
    {
        var accuracy = (double)correct / total;
        return AccuracyInclusive ? accuracy >= threshold : accuracy > threshold;
    }
}
