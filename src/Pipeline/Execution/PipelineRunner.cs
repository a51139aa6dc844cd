using System.Diagnostics;

namespace Goldilocks.Pipeline;

/// <summary>Runs pipelines one after the other, their stages in order, and tells why each runs.</summary>
internal sealed class PipelineRunner(IDisplay display, RunOptions options)
{
    private readonly StageExecutor _executor = new(display, options);

    /// <summary>One outcome per stage of every pipeline. Failures and interruptions are outcomes, not exceptions.</summary>
    public IReadOnlyList<StageOutcome> Run(IReadOnlyList<PlannedPipeline> pipelines, CancellationToken cancellation)
    {
        var outcomes = new List<StageOutcome>();
        foreach (var pipeline in pipelines) Run(pipeline, outcomes, cancellation);
        return outcomes;
    }

    private void Run(PlannedPipeline pipeline, List<StageOutcome> all, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        using var session = new PipelineSession(pipeline, display);
        foreach (var stage in pipeline.Stages)
        {
            var outcome = Ended(all, stage) ?? session.Blocked(stage) ?? Run(stage, session, cancellation);
            if (outcome.Result == StageResult.Failed) display.Error($"error: {outcome.Error}");
            session.Add(outcome);
            all.Add(outcome);
        }

        session.Conclude(watch.Elapsed);
    }

    /// <summary>Once interrupted, or after a failure without --keep-going, nothing more is tried.</summary>
    private StageOutcome? Ended(List<StageOutcome> all, PlannedStage stage)
    {
        var last = all.Find(outcome => outcome.Result == StageResult.Interrupted || (outcome.Result == StageResult.Failed && !options.KeepGoing));
        return last is null ? null : new StageOutcome(stage, StageResult.Skipped) { Error = $"{last.Stage.Pipeline}/{last.Stage.Name} {(last.Result == StageResult.Failed ? "failed" : "was interrupted")}" };
    }

    private StageOutcome Run(PlannedStage stage, PipelineSession session, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        IReadOnlyList<string> reasons = [];
        try
        {
            cancellation.ThrowIfCancellationRequested();
            var hashes = session.InputHashes(stage);
            var state = Inspect(stage, hashes);
            if (!state.UpToDate)
            {
                session.Lock(stage);

                // Another process may have finished the stage while this one looked.
                state = Inspect(stage, hashes);
            }

            if (state.UpToDate) return new StageOutcome(stage, StageResult.UpToDate) { Manifest = state.Manifest };

            reasons = state.Reasons;
            session.Open();
            display.Line($"  {stage.Name}: {string.Join("; ", reasons)}");
            if (stage.Configuration.Count > 0) display.Line($"    {Short.Configuration(stage.Configuration)}");
            var manifest = _executor.Run(stage, state, session.Inputs(stage), hashes, cancellation);
            display.Line($"  {stage.Name}: done in {Short.Duration(watch.Elapsed)}, {Short.Files(manifest.Outputs)}{(manifest.Summary.Text.Length > 0 ? $"; {manifest.Summary.Text}" : "")}");
            return new StageOutcome(stage, StageResult.Done) { Reasons = reasons, Manifest = manifest, Duration = watch.Elapsed };
        }
        catch (Exception e) when (cancellation.IsCancellationRequested && Failure.IsCancellation(e))
        {
            display.Line($"  {stage.Name}: interrupted after {Short.Duration(watch.Elapsed)}");
            return new StageOutcome(stage, StageResult.Interrupted) { Reasons = reasons, Duration = watch.Elapsed };
        }
        catch (SubmittedException e)
        {
            display.Line($"  {stage.Name}: {e.Message}");
            return new StageOutcome(stage, StageResult.Submitted) { Reasons = reasons, Duration = watch.Elapsed };
        }
#pragma warning disable CA1031 // A stage may fail in any way; the run reports it and, if asked to, goes on.
        catch (Exception e)
#pragma warning restore CA1031
        {
            var failure = Failure.From(e);
            var log = failure.Expected ? null : StageExecutor.WriteErrorLog(stage, e);
            var message = failure.Expected ? $"{stage.Pipeline}/{stage.Name}: {failure.Message}" : $"{stage.Pipeline}: stage {stage.Name} failed: {failure.Message}";
            return new StageOutcome(stage, StageResult.Failed)
            {
                Reasons = reasons,
                Error = log is null ? message : $"{message} (details: {log})",
                ExitCode = failure.ExitCode,
                Duration = watch.Elapsed,
            };
        }
    }

    private StageState Inspect(PlannedStage stage, Dictionary<string, string> inputs) =>
        StageInspector.Inspect(stage, inputs.ToDictionary(input => input.Key, input => (string?)input.Value, StringComparer.Ordinal), options.Force);
}
