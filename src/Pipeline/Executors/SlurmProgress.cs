namespace Goldilocks.Pipeline;

/// <summary>How far a job array is.</summary>
/// <param name="Missing">Shards that are not complete.</param>
/// <param name="Running">Tasks that run.</param>
/// <param name="Waiting">Tasks in the queue.</param>
internal readonly record struct SlurmProgress(int Missing, int Running, int Waiting);
