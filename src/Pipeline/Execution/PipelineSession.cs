using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>One pipeline while it runs: what its stages have come to, and the folders it holds until it ends.</summary>
internal sealed class PipelineSession(PlannedPipeline pipeline, IDisplay display) : IDisposable
{
    private readonly Dictionary<string, StageOutcome> _done = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StageLock> _locks = new(StringComparer.Ordinal);
    private bool _opened;

    public void Add(StageOutcome outcome)
    {
        _done.Add(outcome.Stage.Name, outcome);
        if (_opened && outcome.Result == StageResult.UpToDate) display.Line($"  {outcome.Stage.Name}: up to date");
    }

    public IReadOnlyList<PlannedStage> Inputs(PlannedStage stage) => [.. pipeline.Stages.Where(other => stage.Inputs.Contains(other.Name))];

    public Dictionary<string, string> InputHashes(PlannedStage stage) =>
        stage.Inputs.ToDictionary(input => input, input => _done[input].Manifest!.OutputsHash, StringComparer.Ordinal);

    /// <summary>The outcome of a stage that lacks an input, or null.</summary>
    public StageOutcome? Blocked(PlannedStage stage)
    {
        var bad = stage.Inputs.FirstOrDefault(input => _done[input].Manifest is null);
        if (bad is null) return null;
        var error = $"depends on {bad}, which {_done[bad].Result switch { StageResult.Failed => "failed", StageResult.Submitted => "was submitted", _ => "was skipped" }}";
        display.Line($"  {stage.Name}: skipped ({error})");
        return new StageOutcome(stage, StageResult.Skipped) { Error = error };
    }

    /// <summary>Takes the stage's folder and its inputs', which nobody may rewrite meanwhile, until the pipeline ends.</summary>
    /// <exception cref="GoldilocksException">Another process has one of them, or has just changed an input.</exception>
    public void Lock(PlannedStage stage)
    {
        foreach (var needed in Inputs(stage).Append(stage))
        {
            if (!_locks.ContainsKey(needed.Name)) _locks.Add(needed.Name, StageLock.Acquire(needed.Folder));
        }

        foreach (var (name, hash) in InputHashes(stage))
        {
            var folder = new StageFolder(pipeline.Stages.First(other => other.Name == name).Folder);
            if (folder.ReadManifest(out _)?.OutputsHash != hash) throw new GoldilocksException($"its input {name} was changed by another process meanwhile. Run it again.");
        }
    }

    /// <summary>The pipeline's heading, before the first stage that runs.</summary>
    public void Open()
    {
        if (_opened) return;
        _opened = true;
        display.Line(pipeline.Description.Length > 0 ? $"{pipeline.Name}: {pipeline.Description}" : $"{pipeline.Name}:");
        foreach (var outcome in _done.Values) display.Line($"  {outcome.Stage.Name}: up to date");
    }

    /// <summary>The last words when every stage is done: where to look.</summary>
    public void Conclude(TimeSpan elapsed)
    {
        if (_done.Values.Any(outcome => outcome.Manifest is null)) return;
        display.Line(_opened ? $"{pipeline.Name}: done in {Short.Duration(elapsed)}" : $"{pipeline.Name}: all up to date");
        var shown = _done.Values.LastOrDefault(outcome => outcome.Manifest!.Summary.LookAt is not null);
        if (shown is null) return;
        display.Line($"see {Short.Path(Path.Combine(shown.Stage.Folder, shown.Manifest!.Summary.LookAt!))}");
    }

    public void Dispose()
    {
        foreach (var held in _locks.Values) held.Dispose();
    }
}
