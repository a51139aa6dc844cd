using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>A sweep's progress as a stage's; reports on the calling thread, in order.</summary>
internal sealed class SweepProgress(IProgress<StageProgress> target) : IProgress<TrainProgress>
{
    public void Report(TrainProgress value) => target.Report(new StageProgress(
        value.StepsTotal == 0 ? 1 : (double)value.StepsDone / value.StepsTotal,
        value.RunsTotal == 1 ? $"step {value.StepsDone}/{value.StepsTotal}" : $"{value.RunsDone}/{value.RunsTotal} runs{(value.RunsFailed > 0 ? $", {value.RunsFailed} failed" : "")}"));
}
