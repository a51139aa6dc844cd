namespace Goldilocks.Analyze;

/// <summary>What is known of one architecture before its checkpoints are measured.</summary>
/// <param name="First">The checkpoint that was looked at.</param>
/// <param name="Models">All checkpoints of the architecture, by the names that tables give them.</param>
/// <param name="Embedding">The initializer that is taken for the embedding; null: none.</param>
/// <param name="Task">What was trained; null: not known.</param>
/// <param name="Split">What was trained on; null: not known.</param>
/// <param name="Measured">Measures that have a value.</param>
/// <param name="Missing">The others, and why.</param>
internal sealed record ModelInspection(
    Checkpoint First,
    IReadOnlyList<string> Models,
    string? Embedding,
    InspectedTask? Task,
    InspectedSplit? Split,
    IReadOnlyList<string> Measured,
    IReadOnlyList<(string Measure, string Reason)> Missing)
{
    /// <summary>Nodes by operator.</summary>
    public IReadOnlyList<KeyValuePair<string, int>> Operators { get; } =
        [.. First.Source.Nodes.GroupBy(node => node.OpType).Select(group => KeyValuePair.Create(group.Key, group.Count())).OrderBy(pair => pair.Key, StringComparer.Ordinal)];
}
