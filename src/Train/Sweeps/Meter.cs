namespace Goldilocks.Train;

/// <summary>Adds up the progress of all runs.</summary>
internal sealed class Meter(IReadOnlyList<RunConfig> configs, IProgress<TrainProgress>? progress)
{
    private readonly long _total = configs.Sum(config => config.Long("steps"));
    private long _steps;
    private int _ended;
    private int _failed;

    public void Add(long steps)
    {
        var done = Interlocked.Add(ref _steps, steps);
        progress?.Report(new TrainProgress(done, _total, Volatile.Read(ref _ended), configs.Count, Volatile.Read(ref _failed)));
    }

    /// <summary>A run is through; the steps that it will not need count as done.</summary>
    /// <param name="config">The run.</param>
    /// <param name="status">How it ended.</param>
    /// <param name="counted">Its steps that <see cref="Add"/> has been told.</param>
    public void Ended(RunConfig config, RunStatus status, long counted = 0)
    {
        Interlocked.Increment(ref _ended);
        if (status == RunStatus.Failed) Interlocked.Increment(ref _failed);
        Add(config.Long("steps") - counted);
    }
}
