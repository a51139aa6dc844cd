namespace Goldilocks.Pipeline;

/// <summary>One entry of claims.yml: something the paper says, and how our tables answer.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Where">For messages: "claims.yml:12".</param>
/// <param name="Text">What is claimed, one sentence.</param>
/// <param name="Source">Section or figure of the paper.</param>
/// <param name="Pipelines">Whose tables the query reads, as <c>pipeline.table</c>.</param>
/// <param name="Query">SQL that gives one row: the measured values.</param>
/// <param name="Condition">SQL over those values: true when the claim holds.</param>
/// <param name="Tolerance">Why the condition is as strict as it is, and no stricter.</param>
/// <param name="RecordedAsHolding">What the ledger expects. False: known not to hold, and <paramref name="Tolerance"/> says how it was found out.</param>
internal sealed record Claim(
    string Id, string Where, string Text, string Source, IReadOnlyList<string> Pipelines, string Query, string Condition, string Tolerance, bool RecordedAsHolding);
