using System.Diagnostics;
using System.Runtime.ExceptionServices;
using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>Measures models, several at a time, with one ONNX Runtime session per architecture.</summary>
internal static class Analyzer
{
    /// <summary>Stretches of checkpoints per job: enough that none waits long for the last one.</summary>
    private const int StretchesPerJob = 8;

    /// <summary>Measures every file; those that cannot be read or run are reported and do not stop the others.</summary>
    /// <exception cref="GoldilocksException">ONNX Runtime is missing, or the options are unusable.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static Analysis Run(
        IReadOnlyList<ModelFile> files,
        WitnessFiles? witnesses,
        AnalyzeOptions options,
        int jobs,
        IProgress<(int Done, int Total)>? progress,
        CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        var measures = Measures.Select(options.Measures);
        using var sessions = new SessionPool(options);
        var tasks = new TaskCatalog();
        var times = new MeasureTimes();
        var places = files.Select((file, i) => (file, i)).ToDictionary(entry => entry.file, entry => entry.i);
        var rows = new AnalysisRow?[files.Count];
        var failures = new GoldilocksException?[files.Count];
        var stretches = RunFiles.Group(files)
            .SelectMany(run => (IEnumerable<(RunFiles Run, RunReference Reference, Range Range)>)[.. Cut(run)])
            .ToArray();
        var done = 0;
        try
        {
            Parallel.ForEach(stretches, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, (stretch, state) =>
            {
                float[]? features = null;
                var (start, count) = stretch.Range.GetOffsetAndLength(stretch.Run.Files.Count);
                for (var i = start; i < start + count && !cancellation.IsCancellationRequested && !state.ShouldExitCurrentIteration; i++)
                {
                    var (file, previous) = (stretch.Run.Files[i], i == 0 ? null : stretch.Run.Files[i - 1]);
                    try
                    {
                        rows[places[file]] = Measure(file, measures, new RunCursor(stretch.Reference, previous, features), tasks, sessions, witnesses, times, out features);
                    }
                    catch (GoldilocksException e)
                    {
                        (failures[places[file]], features) = (e, null);
                    }

                    progress?.Report((Interlocked.Increment(ref done), files.Count));
                }
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }

        cancellation.ThrowIfCancellationRequested();
        var ordered = rows.OfType<AnalysisRow>().OrderBy(row => row.Run, StringComparer.Ordinal).ThenBy(row => row.Step).ThenBy(row => row.Model, StringComparer.Ordinal);
        return new Analysis([.. ordered], [.. failures.OfType<GoldilocksException>()], sessions.Created, times.Total);

        IEnumerable<(RunFiles Run, RunReference Reference, Range Range)> Cut(RunFiles run)
        {
            var reference = new RunReference(run, tasks, sessions);
            foreach (var range in run.Cut(files.Count, jobs * StretchesPerJob)) yield return (run, reference, range);
        }
    }

    private static AnalysisRow Measure(
        ModelFile file, IReadOnlySet<IMeasure> measures, RunCursor cursor, TaskCatalog tasks, SessionPool sessions, WitnessFiles? witnesses, MeasureTimes times, out float[]? features)
    {
        var started = Stopwatch.GetTimestamp();
        var checkpoint = Checkpoint.Read(file);
        times.Add("reading", ref started);
        using var context = new MeasureContext(checkpoint, cursor, tasks, sessions, witnesses);
        features = TryEvaluate(context);
        times.Add("ONNX Runtime", ref started);
        var values = new List<double?>(Measures.Columns.Count);
        var missing = new List<(string Reason, string Measure)>();
        foreach (var measure in Measures.All)
        {
            try
            {
                values.AddRange(measures.Contains(measure) ? measure.Compute(context) : new double?[measure.Columns.Count]);
            }
            catch (NotMeasurableException e)
            {
                values.AddRange(new double?[measure.Columns.Count]);
                missing.Add((e.Message, measure.Name));
            }

            times.Add(measure.Name, ref started);
        }

        var notes = missing.GroupBy(entry => entry.Reason, entry => entry.Measure).Select(group => $"{group.Key} (not measured: {string.Join(", ", group)})");
        var metadata = checkpoint.Graph.Metadata;
        return new AnalysisRow(
            checkpoint.File,
            checkpoint.Run,
            checkpoint.Step,
            metadata.GetValueOrDefault("recipe"),
            metadata.GetValueOrDefault("convention"),
            values,
            missing.Count == 0 ? null : string.Join("; ", notes));
    }

    /// <summary>Runs the model, so that its time is not counted as that of the first measure that needs it.</summary>
    /// <returns>A copy of its hidden activations; null where there are none.</returns>
    private static float[]? TryEvaluate(MeasureContext context)
    {
        try
        {
            return (float[])context.Hidden.After.Clone();
        }
        catch (NotMeasurableException)
        {
            return null;
        }
    }
}
