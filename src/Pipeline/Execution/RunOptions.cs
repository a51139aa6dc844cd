namespace Goldilocks.Pipeline;

/// <summary>How to run.</summary>
/// <param name="Jobs">Threads a stage may use.</param>
/// <param name="Force">Run every stage, from scratch.</param>
/// <param name="KeepGoing">After a failure continue with what does not depend on it.</param>
internal sealed record RunOptions(int Jobs, bool Force = false, bool KeepGoing = false);
