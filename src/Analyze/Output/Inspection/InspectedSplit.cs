namespace Goldilocks.Analyze;

/// <summary>A known split.</summary>
/// <param name="Stated">Whether the caller said so, not the model.</param>
/// <param name="Train">Training samples.</param>
/// <param name="Validation">Validation samples.</param>
internal sealed record InspectedSplit(bool Stated, int Train, int Validation);
