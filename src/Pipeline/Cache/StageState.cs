namespace Goldilocks.Pipeline;

/// <summary>Whether a stage has to run, and why.</summary>
/// <param name="Reasons">Why it would run; empty when it need not, as far as can be told yet.</param>
/// <param name="WaitsFor">Inputs that would run first: it runs again only if their outputs change.</param>
/// <param name="Key">The key it has now; null while an input is not up to date.</param>
/// <param name="Manifest">Of the last finished run, if there is one.</param>
internal sealed record StageState(IReadOnlyList<string> Reasons, IReadOnlyList<string> WaitsFor, string? Key, Manifest? Manifest)
{
    public bool UpToDate => Reasons.Count == 0 && WaitsFor.Count == 0;

    /// <summary>For machines: up_to_date, would_run or waits.</summary>
    public string Name => UpToDate ? "up_to_date" : Reasons.Count > 0 ? "would_run" : "waits";

    /// <summary>For people.</summary>
    public string Describe() =>
        UpToDate ? "up to date"
        : Reasons.Count > 0 ? $"would run: {string.Join("; ", Reasons)}"
        : $"waits for {string.Join(", ", WaitsFor)} (runs again only if {(WaitsFor.Count == 1 ? "its" : "their")} outputs change)";
}
