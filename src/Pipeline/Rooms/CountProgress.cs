namespace Goldilocks.Pipeline;

/// <summary>Progress in counted things, reported on the calling thread.</summary>
internal sealed class CountProgress(IProgress<StageProgress> target, string thing) : IProgress<(int Done, int Total)>
{
    public void Report((int Done, int Total) value) =>
        target.Report(new StageProgress(value.Total == 0 ? 1 : (double)value.Done / value.Total, $"{thing} {value.Done}/{value.Total}"));
}
