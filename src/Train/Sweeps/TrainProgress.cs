namespace Goldilocks.Train;

/// <summary>How far training has come.</summary>
/// <param name="StepsDone">Updates done, all runs together; those that a finished run did not need count as done.</param>
/// <param name="StepsTotal">Updates of all runs.</param>
/// <param name="RunsDone">Runs that are through, failed ones included.</param>
/// <param name="RunsTotal">All runs.</param>
/// <param name="RunsFailed">Runs that broke.</param>
public readonly record struct TrainProgress(long StepsDone, long StepsTotal, int RunsDone, int RunsTotal, int RunsFailed = 0);
