namespace Goldilocks.Pipeline;

/// <summary>How to run.</summary>
/// <param name="Jobs">Threads a stage may use.</param>
/// <param name="Force">Run every stage, from scratch.</param>
/// <param name="KeepGoing">After a failure continue with what does not depend on it.</param>
/// <param name="Shards">Number of shards of a sweep; null leaves it to the sweep.</param>
internal sealed record RunOptions(int Jobs, bool Force = false, bool KeepGoing = false, int? Shards = null)
{
    /// <summary>Who trains the runs of a sweep.</summary>
    public IExecutor Executor { get; init; } = new LocalExecutor();
}
