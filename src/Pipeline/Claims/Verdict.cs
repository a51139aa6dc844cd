namespace Goldilocks.Pipeline;

/// <summary>What the tables say of a claim.</summary>
/// <param name="Claim">The claim.</param>
/// <param name="Holds">Null: not yet run.</param>
/// <param name="Values">The measured values by name; empty when not yet run.</param>
/// <param name="Missing">Pipelines that have not run.</param>
/// <param name="Stale">Pipelines whose results belong to another configuration than pipelines.yml now has.</param>
internal sealed record Verdict(
    Claim Claim, bool? Holds, IReadOnlyList<KeyValuePair<string, object?>> Values, IReadOnlyList<string> Missing, IReadOnlyList<string> Stale)
{
    /// <summary>"holds", "fails" or "not run".</summary>
    public string Name => Holds switch { true => "holds", false => "fails", null => "not run" };

    /// <summary>Recorded as holding, and does not.</summary>
    public bool IsBroken => Holds == false && Claim.RecordedAsHolding;

    /// <summary>Recorded as failing, and holds.</summary>
    public bool IsSurprise => Holds == true && !Claim.RecordedAsHolding;
}
