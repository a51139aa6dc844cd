namespace Goldilocks.Report;

/// <summary>How much later a run reached the validation accuracy than the training accuracy; negative and below 1 when it was earlier.</summary>
/// <param name="Gap">Difference of the steps.</param>
/// <param name="Ratio">(v + 1)/(t + 1) of the steps v and t: updates are counted from the first, so that step 0 has a ratio too.</param>
internal sealed record Delay(long Gap, double Ratio)
{
    /// <summary>Null for a run that did not reach both.</summary>
    public static Delay? Of(RunRow run) => run is { TrainStep: { } train, ValidationStep: { } validation } ? new Delay(validation - train, (validation + 1.0) / (train + 1.0)) : null;
}
