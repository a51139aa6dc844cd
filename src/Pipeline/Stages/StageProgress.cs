namespace Goldilocks.Pipeline;

/// <summary>How far a stage has come.</summary>
/// <param name="Fraction">0 to 1.</param>
/// <param name="Message">What it is doing, a few words: "step 2100/5000".</param>
internal readonly record struct StageProgress(double Fraction, string Message = "");
