namespace Goldilocks.Report;

/// <summary>What a checkpoint answers when its embedding is reduced to some principal components.</summary>
/// <param name="Step">Optimiser updates before this state.</param>
/// <param name="IsFinal">Along the axes of the run's last checkpoint, not along its own.</param>
/// <param name="Components">n, how many.</param>
/// <param name="Validation">Fraction of the validation samples answered right; null when there are none.</param>
internal sealed record ReducedAccuracy(long Step, bool IsFinal, int Components, double? Validation);
