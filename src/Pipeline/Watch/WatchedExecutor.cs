using Goldilocks.Report;
using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>Trains as another executor does, and lets the hub watch.</summary>
internal sealed class WatchedExecutor(IExecutor usual, WatchHub hub, IReadOnlyList<PlannedPipeline> pipelines) : IExecutor
{
    public int? DefaultShards(int runs) => usual.DefaultShards(runs);

    public void Execute(TrainSweep sweep, StageContext context)
    {
        hub.Begin(pipelines.First(pipeline => pipeline.Name == context.Pipeline));
        sweep.Observer = hub;
        usual.Execute(sweep, context);
        hub.Reach(LiveStage.Trained);
    }
}
