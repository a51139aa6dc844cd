namespace Goldilocks.Analyze;

/// <summary>Where in its run a checkpoint stands.</summary>
/// <param name="Run">First and last checkpoint.</param>
/// <param name="Previous">The checkpoint before; null for the first one.</param>
/// <param name="PreviousFeatures">Hidden activations of the checkpoint before, where it was measured just now.</param>
internal sealed record RunCursor(RunReference Run, ModelFile? Previous, float[]? PreviousFeatures);
