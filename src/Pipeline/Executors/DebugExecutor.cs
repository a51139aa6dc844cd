using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>One run at a time on the calling thread; the first that breaks ends the stage with its exception, whole in the error log.</summary>
internal sealed class DebugExecutor : IExecutor
{
    public void Execute(TrainSweep sweep, StageContext context) =>
        sweep.Train(jobs: 1, stopAtFailure: true, new SweepProgress(context.Progress), context.Cancellation);
}
