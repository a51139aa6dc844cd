namespace Goldilocks.Report;

/// <summary>What the overview is made of.</summary>
public sealed record OverviewInput
{
    /// <summary>The pipelines that reproduce a figure, in the order of the paper, drawn or not, and then the others that have been drawn.</summary>
    public required IReadOnlyList<OverviewEntry> Entries { get; init; }

    /// <summary>The ledger's claims with their verdicts.</summary>
    public required IReadOnlyList<JudgedClaim> Claims { get; init; }

    /// <summary>The exact command that repeats everything.</summary>
    public required string Command { get; init; }

    /// <inheritdoc cref="ReportInput.Environment"/>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
}
