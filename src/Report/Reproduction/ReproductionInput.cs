namespace Goldilocks.Report;

/// <summary>What the overview of a reproduction is made of.</summary>
public sealed record ReproductionInput
{
    /// <summary>The figures, in the order of the paper.</summary>
    public required IReadOnlyList<ReproducedFigure> Figures { get; init; }

    /// <summary>The ledger's claims with their verdicts.</summary>
    public required IReadOnlyList<JudgedClaim> Claims { get; init; }

    /// <summary>The exact command that repeats everything.</summary>
    public required string Command { get; init; }

    /// <inheritdoc cref="ReportInput.Environment"/>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
}
