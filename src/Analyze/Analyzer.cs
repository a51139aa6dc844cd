using System.Runtime.ExceptionServices;
using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>Measures models, several at a time, with one ONNX Runtime session per architecture.</summary>
internal static class Analyzer
{
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
        using var sessions = new SessionPool(options);
        var tasks = new TaskCatalog();
        var rows = new AnalysisRow?[files.Count];
        var failures = new GoldilocksException?[files.Count];
        var done = 0;
        try
        {
            Parallel.For(0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
            {
                try
                {
                    rows[i] = Measure(Checkpoint.Read(files[i]), tasks, sessions, witnesses);
                }
                catch (GoldilocksException e)
                {
                    failures[i] = e;
                }

                progress?.Report((Interlocked.Increment(ref done), files.Count));
            });
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.Flatten().InnerExceptions[0]);
        }

        cancellation.ThrowIfCancellationRequested();
        var ordered = rows.OfType<AnalysisRow>().OrderBy(row => row.Run, StringComparer.Ordinal).ThenBy(row => row.Step).ThenBy(row => row.Model, StringComparer.Ordinal);
        return new Analysis([.. ordered], [.. failures.OfType<GoldilocksException>()], sessions.Created);
    }

    private static AnalysisRow Measure(Checkpoint checkpoint, TaskCatalog tasks, SessionPool sessions, WitnessFiles? witnesses)
    {
        using var context = new MeasureContext(checkpoint, tasks, sessions, witnesses);
        var values = new List<double?>(Measures.Columns.Count);
        var missing = new List<(string Reason, string Measure)>();
        foreach (var measure in Measures.All)
        {
            try
            {
                values.AddRange(measure.Compute(context));
            }
            catch (NotMeasurableException e)
            {
                values.AddRange(new double?[measure.Columns.Count]);
                missing.Add((e.Message, measure.Name));
            }
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
}
