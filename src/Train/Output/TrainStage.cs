using System.Collections.Concurrent;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Native;

namespace Goldilocks.Train;

/// <summary>How far training has come.</summary>
/// <param name="StepsDone">Updates done, all runs together.</param>
/// <param name="StepsTotal">Updates of all runs when none stops early.</param>
/// <param name="RunsDone">Finished runs.</param>
/// <param name="RunsTotal">All runs.</param>
public readonly record struct TrainProgress(long StepsDone, long StepsTotal, int RunsDone, int RunsTotal);

/// <summary>Trains runs into a folder: tables, checkpoints, and enough saved on the way to continue after an interruption.</summary>
public static class TrainStage
{
    /// <summary>Steps between two looks at the clock.</summary>
    private const int StepsPerSlice = 256;

    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(20);

    /// <summary>
    /// Trains <paramref name="configs"/>, <paramref name="jobs"/> at a time, one thread each. The output does not depend on the number of jobs
    /// nor on interruptions; finished or half-done runs of an earlier call are continued.
    /// </summary>
    /// <param name="configs">Runs of one recipe, each different.</param>
    /// <param name="folder">Output folder.</param>
    /// <param name="jobs">Runs at a time, at least 1.</param>
    /// <param name="progress">Told now and then, from any thread.</param>
    /// <param name="cancellation">When it fires, states are saved and <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>The records, in the order of <paramref name="configs"/>.</returns>
    public static IReadOnlyList<RunRecord> Run(
        IReadOnlyList<RunConfig> configs, string folder, int jobs, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        var checkpoints = Path.Combine(folder, "checkpoints");
        var saved = Path.Combine(folder, ".progress");
        var records = new RunRecord[configs.Count];
        var experiments = new Experiment[configs.Count];
        var meter = new Meter(configs, progress);
        // What would fail at the end, a missing engine or an output folder that cannot be written, fails before any work is done.
        _ = QueryEngine.Version;
        AtomicFile.WriteAllText(Path.Combine(saved, "about.txt"), "States of unfinished runs, from which the next run continues.\n");
        try
        {
            // One run at a time to each thread: a run takes seconds, and whoever is done takes the next.
            var next = Partitioner.Create(Enumerable.Range(0, configs.Count), EnumerablePartitionerOptions.NoBuffering);
            Parallel.ForEach(next, new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, i =>
            {
                experiments[i] = Recipe.Find(configs[i].Recipe).Create(configs[i]);
                records[i] = TrainOne(configs[i], experiments[i], checkpoints, Path.Combine(saved, $"{configs[i].ShortRun}.safetensors"), meter, cancellation);
            });
        }
        catch (AggregateException e)
        {
            // One line for the person at the terminal; a cancellation of several runs is one cancellation.
            throw e.Flatten().InnerExceptions.OfType<GoldilocksException>().FirstOrDefault() ?? e.Flatten().InnerExceptions[0];
        }

        cancellation.ThrowIfCancellationRequested();
        WriteTables(configs, experiments, records, folder);
        Directory.Delete(saved, recursive: true);
        return records;
    }

    private static RunRecord TrainOne(RunConfig config, Experiment experiment, string checkpoints, string statePath, Meter meter, CancellationToken cancellation)
    {
        var witnesses = new List<KeyValuePair<string, Tensor>>();
        var earlier = RunProgress.Load(statePath, config);
        if (earlier is { Record.Finished: true })
        {
            meter.Finished(earlier.Record.Steps);
            return earlier.Record;
        }

        using var trainer = new Trainer(experiment);
        var files = new CheckpointFiles(checkpoints, config, experiment);
        if (earlier is not null)
        {
            earlier.Restore(trainer, experiment);
            witnesses.AddRange(earlier.Witnesses);
            meter.Add(earlier.Record.Steps);
        }

        if (experiment.CheckpointSteps.Length > 0) files.WriteGraph();
        var lastSave = DateTime.UtcNow;
        while (!trainer.Record.Finished)
        {
            var before = trainer.Record.Steps;
            trainer.Run(before + StepsPerSlice, OnState, cancellation);
            meter.Add(trainer.Record.Steps - before);
            var interrupted = cancellation.IsCancellationRequested && !trainer.Record.Finished;
            if (interrupted || trainer.Record.Finished || DateTime.UtcNow - lastSave > SaveInterval)
            {
                if (trainer.Record.Finished && experiment.CheckpointSteps.Length > 0)
                {
                    if (witnesses.Count == 0 || !witnesses[^1].Key.StartsWith($"step{trainer.Record.Steps:D7}/", StringComparison.Ordinal)) WriteCheckpoint(trainer.Record.Steps);
                    files.WriteWitness(witnesses);
                }

                RunProgress.Save(statePath, config, experiment, trainer, witnesses);
                lastSave = DateTime.UtcNow;
            }

            if (interrupted) throw new OperationCanceledException(cancellation);
        }

        meter.Finished(0);
        return trainer.Record;

        void OnState(long state)
        {
            if (Array.BinarySearch(experiment.CheckpointSteps, state) >= 0) WriteCheckpoint(state);
        }

        void WriteCheckpoint(long state)
        {
            files.WriteParameters(state, trainer);
            witnesses.AddRange(files.Witness(state, trainer));
        }
    }

    private static void WriteTables(IReadOnlyList<RunConfig> configs, Experiment[] experiments, RunRecord[] records, string folder)
    {
        var recipe = Recipe.Find(configs[0].Recipe);
        using var runs = new TableWriter(RunsTable.Schema(recipe));
        using var curves = new TableWriter(TrainTables.Curves);
        using var embeddings = new TableWriter(TrainTables.Embeddings);
        using var timings = new TableWriter(TrainTables.Timings);
        for (var i = 0; i < configs.Count; i++)
        {
            RunsTable.Append(runs, recipe, configs[i], experiments[i], records[i]);
            TrainTables.AppendCurve(curves, configs[i], records[i]);
            TrainTables.AppendEmbeddings(embeddings, configs[i], records[i], experiments[i].Split.Samples.Symbols);
            TrainTables.AppendTiming(timings, configs[i], records[i]);
        }

        foreach (var table in new[] { runs, curves, embeddings, timings }) table.Write(Path.Combine(folder, $"{table.Schema.Name}.parquet"));
    }

    /// <summary>Adds up the progress of all runs.</summary>
    private sealed class Meter(IReadOnlyList<RunConfig> configs, IProgress<TrainProgress>? progress)
    {
        private readonly long _total = configs.Sum(config => config.Long("steps"));
        private long _steps;
        private int _runs;

        public void Add(long steps)
        {
            var done = Interlocked.Add(ref _steps, steps);
            progress?.Report(new TrainProgress(done, _total, Volatile.Read(ref _runs), configs.Count));
        }

        public void Finished(long steps)
        {
            Interlocked.Increment(ref _runs);
            Add(steps);
        }
    }
}
