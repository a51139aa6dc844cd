using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>Who trains the runs of a sweep.</summary>
internal interface IExecutor
{
    /// <summary>Number of shards to plan when the user has no wish; null leaves it to the sweep.</summary>
    int? DefaultShards(int runs) => null;

    /// <summary>Returns when every shard is complete.</summary>
    /// <param name="sweep">The planned sweep; shards that are complete already are left alone.</param>
    /// <param name="context">Jobs, progress and cancellation.</param>
    /// <exception cref="Core.GoldilocksException">Shards are missing for good.</exception>
    /// <exception cref="SubmittedException">The work goes on without this process.</exception>
    void Execute(TrainSweep sweep, StageContext context);
}
