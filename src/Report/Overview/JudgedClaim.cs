namespace Goldilocks.Report;

/// <summary>A claim of the paper with its verdict, in words.</summary>
/// <param name="Id">Its name in the ledger.</param>
/// <param name="Text">The claim, one sentence.</param>
/// <param name="Source">Section or figure.</param>
/// <param name="Holds">Null: not yet run.</param>
/// <param name="RecordedAsHolding">What the ledger expects.</param>
/// <param name="Measured">The measured values: "pearson 0.996, runs 33".</param>
/// <param name="Condition">When it holds.</param>
/// <param name="Tolerance">The reason for the condition.</param>
public sealed record JudgedClaim(string Id, string Text, string Source, bool? Holds, bool RecordedAsHolding, string Measured, string Condition, string Tolerance);
