namespace Goldilocks.Report;

/// <summary>A run and its curves.</summary>
/// <param name="Row">The run.</param>
/// <param name="Train">Accuracy on the training samples, a fraction.</param>
/// <param name="Validation">Accuracy on the others; empty when there are none.</param>
/// <param name="EffectiveDimension">exp of the entropy of the embedding's explained variances; empty when it was not recorded.</param>
internal sealed record RunCurves(RunRow Row, Curve Train, Curve Validation, Curve EffectiveDimension);
