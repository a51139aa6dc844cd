using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>All runs in this process, as many at a time as there are jobs.</summary>
internal sealed class LocalExecutor : IExecutor
{
    public void Execute(TrainSweep sweep, StageContext context) =>
        sweep.Train(context.Jobs, stopAtFailure: false, new SweepProgress(context.Progress), context.Cancellation);
}
