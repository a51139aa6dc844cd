namespace Goldilocks.Pipeline;

/// <summary>A stage's work was handed to a cluster, and nobody waits for it: no failure, but no output either.</summary>
internal sealed class SubmittedException(string message) : Exception(message);
