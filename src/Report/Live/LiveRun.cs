namespace Goldilocks.Report;

/// <summary>A run that is or was watched.</summary>
/// <param name="Id">Its identity, 64 hexadecimal digits.</param>
/// <param name="Settings">Its recipe and the recipe's parameters, as in <c>runs.parquet</c>.</param>
/// <param name="Status">How it stands.</param>
public sealed record LiveRun(string Id, IReadOnlyList<KeyValuePair<string, object?>> Settings, LiveStatus Status)
{
    /// <summary>Whether pages draw embeddings while they are trained: those on a line or in a plane.</summary>
    /// <param name="settings">As <see cref="Settings"/>.</param>
    public static bool ShowsEmbedding(IReadOnlyList<KeyValuePair<string, object?>> settings) =>
        settings.Any(setting => setting is { Key: "embedding_dimension", Value: <= 2L }) && !settings.Any(setting => setting is { Key: "recipe", Value: "toy-group" });
}
