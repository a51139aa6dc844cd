namespace Goldilocks.Report;

/// <summary>What ONNX Runtime and the measures say of one checkpoint; null where the table has no value.</summary>
/// <param name="Step">Optimiser updates before this state.</param>
/// <param name="TrainAccuracy">Fraction, by ONNX Runtime.</param>
/// <param name="ValidationAccuracy">Fraction, by ONNX Runtime.</param>
/// <param name="Rqi">Fraction of all parallelograms that the embeddings form.</param>
/// <param name="PredictedAccuracy">Fraction of all pairs that those parallelograms answer.</param>
/// <param name="IdealAccuracy">The best that the training set allows, fraction of all pairs.</param>
/// <param name="Nullity">Degrees of freedom that the training set leaves to the embeddings.</param>
/// <param name="EffectiveDimension">exp of the entropy of the principal components.</param>
/// <param name="OutputDifference">Largest difference of the outputs from the trainer's, relative to the largest output.</param>
internal sealed record AnalysisRow(
    long Step, double? TrainAccuracy, double? ValidationAccuracy, double? Rqi, double? PredictedAccuracy, double? IdealAccuracy, double? Nullity,
    double? EffectiveDimension, double? OutputDifference);
