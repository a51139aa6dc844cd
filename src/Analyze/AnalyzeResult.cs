namespace Goldilocks.Analyze;

/// <summary>What an analysis did.</summary>
/// <param name="Models">Models analysed, one row each.</param>
/// <param name="Runs">Runs that they belong to.</param>
/// <param name="Sessions">ONNX Runtime sessions made: one per architecture.</param>
/// <param name="Compared">Models whose outputs were compared with the trainer's.</param>
/// <param name="LargestDifference">Largest difference from the trainer's outputs, relative to the largest output; null when none was compared.</param>
public sealed record AnalyzeResult(int Models, int Runs, int Sessions, int Compared, double? LargestDifference);
