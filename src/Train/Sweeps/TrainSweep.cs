using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Native;

namespace Goldilocks.Train;

/// <summary>
/// The runs of one recipe on their way into a folder: planned into shards, trained shard by shard in one process or in many, put together into tables.
/// The tables do not depend on the number of shards, jobs or processes, nor on interruptions.
/// </summary>
public sealed class TrainSweep
{
    /// <summary>Most steps between two looks at the clock.</summary>
    private const int StepsPerSlice = 256;

    /// <summary>Slower models look at the clock at least this often.</summary>
    private static readonly TimeSpan LongestSlice = TimeSpan.FromSeconds(1);

    private readonly IReadOnlyList<RunConfig> _runs;
    private readonly Recipe _recipe;
    private readonly Action<string>? _note;

    internal TrainSweep(IReadOnlyList<RunConfig> runs, Recipe recipe, SweepPlan plan, string folder, Action<string>? note)
    {
        (_runs, _recipe, Plan, Folder, _note) = (runs, recipe, plan, folder, note);
    }

    public SweepPlan Plan { get; }

    /// <summary>The folder of tables and checkpoints; the plan and the shards lie in its <see cref="SweepPlan.FolderName"/>.</summary>
    public string Folder { get; }

    /// <summary>Told of runs while they are trained; null: nobody watches.</summary>
    public ISweepObserver? Observer { get; set; }

    /// <summary>Plans a sweep, or takes up the one that was begun in the folder.</summary>
    /// <param name="runs">Runs of one recipe, each different.</param>
    /// <param name="settings">What they were expanded from; kept in the plan.</param>
    /// <param name="folder">Output folder.</param>
    /// <param name="shards">Number of shards; by default that of the plan in the folder, or few.</param>
    /// <param name="note">Told, in one line, of files that cannot be used.</param>
    /// <exception cref="GoldilocksException">The folder holds another sweep or cannot be written, or the number of shards is out of range.</exception>
    public static TrainSweep Open(IReadOnlyList<RunConfig> runs, JsonObject settings, string folder, int? shards = null, Action<string>? note = null)
    {
        var plan = SweepPlan.Read(folder);
        if (plan is null)
        {
            plan = SweepPlan.For(runs, settings, shards);
            plan.Write(folder);
        }

        if (plan.Identity != SweepPlan.IdentityOf(runs))
            throw new GoldilocksException($"the plan {SweepPlan.PathIn(folder)} holds other runs than are to be trained. Plan the sweep anew with --force, which drops what it has trained, or choose another folder.");
        if (shards is { } wanted && wanted != plan.Shards)
            throw new GoldilocksException($"--shards {wanted}: the sweep in {folder} was begun with {plan.Shards}. Leave --shards out, or begin again with --force.");
        return new TrainSweep(runs, Recipe.Find(runs[0].Recipe), plan, folder, note);
    }

    /// <summary>The shards that have runs left, ascending, by the headers of their files; failed runs are not left.</summary>
    public IReadOnlyList<int> Incomplete() => [.. Enumerable.Range(0, Plan.Shards).Where(shard =>
        SweepStatus.ReadShard(Folder, Plan, shard).Count(run => run.Header.Status != RunStatus.Running) < Plan.RunsOf(shard).Count())];

    /// <summary>Reads every shard whole and compares it with its hash; files that are damaged or foreign are named and removed.</summary>
    /// <param name="retryFailed">Whether failed runs are forgotten, so that they are left again.</param>
    /// <exception cref="GoldilocksException">The folder cannot be written.</exception>
    public void Check(bool retryFailed)
    {
        for (var shard = 0; shard < Plan.Shards; shard++) new OpenShard(Folder, Plan, shard, retryFailed, _note).Flush();
    }

    /// <summary>Trains every run that is left, <paramref name="jobs"/> at a time.</summary>
    /// <param name="jobs">Threads, at least 1: runs at a time, or, for fewer runs than that, the threads that they share; with 1, all on the calling thread.</param>
    /// <param name="stopAtFailure">Whether a run that breaks ends the sweep with its exception, instead of being noted while the others go on.</param>
    /// <param name="progress">Told now and then, from any thread.</param>
    /// <param name="cancellation">When it fires, states are saved and <see cref="OperationCanceledException"/> is thrown.</param>
    /// <exception cref="GoldilocksException">The folder cannot be written.</exception>
    public void Train(int jobs, bool stopAtFailure, IProgress<TrainProgress>? progress, CancellationToken cancellation) =>
        Train(Enumerable.Range(0, Plan.Shards), jobs, stopAtFailure, progress, cancellation);

    /// <summary>As <see cref="Train(int, bool, IProgress{TrainProgress}, CancellationToken)"/>, for one shard: what a cluster's task does.</summary>
    /// <exception cref="GoldilocksException">As there; or processes that worked on the shard were killed twice without having come further.</exception>
    public void TrainShard(int shard, int jobs, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)shard, (uint)Plan.Shards);
        using var attempt = ShardAttempt.Begin(Folder, Plan, shard);
        Train([shard], jobs, stopAtFailure: false, progress, cancellation);
    }

    /// <summary>Puts the tables together from the shards, one in memory at a time. Doing it again gives the same bytes.</summary>
    /// <returns>What came out; failed runs have no row.</returns>
    /// <exception cref="GoldilocksException">A shard is incomplete or unusable; it is named.</exception>
    public SweepResult Merge(CancellationToken cancellation = default)
    {
        using var runs = new TableWriter(RunsTable.Schema(_recipe));
        using var curves = new TableWriter(TrainTables.Curves);
        using var embeddings = new TableWriter(TrainTables.Embeddings);
        using var timings = new TableWriter(TrainTables.Timings);
        var records = new RunRecord?[Plan.Runs];
        var failures = new List<RunFailure>();
        for (var shard = 0; shard < Plan.Shards; shard++)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = SweepPlan.ShardPathIn(Folder, shard);
            var states = ShardFile.Read(path, Plan, shard);
            foreach (var i in Plan.RunsOf(shard))
            {
                var config = _runs[i];
                if (!states.TryGetValue(config.Run, out var state) || state.Header.Status == RunStatus.Running) throw new GoldilocksException($"{path}: run {config.ShortRun} is not finished.");
                if (state.Header.Status == RunStatus.Failed)
                {
                    failures.Add(new RunFailure(config, state.Header.Reason!));
                    continue;
                }

                var record = state.ToRecord();
                RowCells.Append(runs, state.Header.Row!);
                TrainTables.AppendCurve(curves, config, record);
                TrainTables.AppendEmbeddings(embeddings, config, record, state.Symbols);
                TrainTables.AppendTiming(timings, config, record);
                records[i] = state.Header.ToRecord();
            }
        }

        if (failures.Count == 0)
            foreach (var table in new[] { runs, curves, embeddings, timings }) table.Write(Path.Combine(Folder, $"{table.Schema.Name}.parquet"));
        return new SweepResult([.. records.OfType<RunRecord>()], failures);
    }

    private void Train(IEnumerable<int> shards, int jobs, bool stopAtFailure, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(jobs, 1);
        cancellation.ThrowIfCancellationRequested();

        // What would fail at the end, a missing engine, fails before any work is done.
        _ = QueryEngine.Version;
        var order = shards.SelectMany(shard => Plan.RunsOf(shard).Select(run => (Shard: shard, Run: run))).ToArray();
        var open = new OpenShards(shard => new OpenShard(Folder, Plan, shard, retryFailed: true, _note), Plan);
        var meter = new Meter([.. order.Select(one => _runs[one.Run])], progress);

        // Runs side by side use the cores best; only what they leave idle goes to the threads of one.
        var threads = Math.Max(1, jobs / Math.Max(1, order.Length));
        void TrainNext((int Shard, int Run) one)
        {
            TrainOne(_runs[one.Run], open[one.Shard], threads, stopAtFailure, meter, cancellation);
            open.Release(one.Shard);
        }

        try
        {
            if (jobs == 1)
            {
                foreach (var one in order)
                {
                    cancellation.ThrowIfCancellationRequested();
                    TrainNext(one);
                }
            }
            else
            {
                // One run at a time to each thread: a run takes seconds, and whoever is done takes the next.
                Parallel.ForEach(Partitioner.Create(order, EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellation }, TrainNext);
            }
        }
        catch (AggregateException e)
        {
            // One line for the person at the terminal; a cancellation of several runs is one cancellation.
            throw e.Flatten().InnerExceptions.OfType<GoldilocksException>().FirstOrDefault() ?? e.Flatten().InnerExceptions[0];
        }
        finally
        {
            open.Flush();
        }
    }

    private void TrainOne(RunConfig config, OpenShard shard, int threads, bool stopAtFailure, Meter meter, CancellationToken cancellation)
    {
        var earlier = shard.Find(config.Run);
        if (earlier is { Header.Status: not RunStatus.Running })
        {
            meter.Ended(config, earlier.Header.Status);
            return;
        }

        try
        {
            TrainOne(config, earlier, shard, threads, meter, cancellation);
        }
        catch (Exception e) when (!stopAtFailure && e is not OperationCanceledException && !ConcernsTheMachine(e))
        {
            shard.Update(config.Run, RunState.Failed(e));
            Observer?.Failed(config);
            meter.Ended(config, RunStatus.Failed);
        }
    }

    private void TrainOne(RunConfig config, RunState? earlier, OpenShard shard, int threads, Meter meter, CancellationToken cancellation)
    {
        var experiment = _recipe.Create(config);
        var witnesses = new List<KeyValuePair<string, Tensor>>();
        using var trainer = new Trainer(experiment, threads: threads);
        var files = new CheckpointFiles(Path.Combine(Folder, "checkpoints"), config, experiment);
        if (earlier is not null)
        {
            earlier.Restore(trainer, experiment);
            witnesses.AddRange(earlier.Witnesses);
            meter.Add(earlier.Header.Steps);
        }

        if (experiment.CheckpointSteps.Length > 0) files.WriteGraph();
        var observer = Observer?.Begin(config, experiment);
        var told = Stopwatch.GetTimestamp();
        var slice = StepsPerSlice;
        while (!trainer.Record.Finished)
        {
            var (before, started) = (trainer.Record.Steps, Stopwatch.GetTimestamp());
            trainer.Run(before + slice, OnState, cancellation);
            if (slice > 1 && Stopwatch.GetElapsedTime(started) > LongestSlice) slice /= 2;
            meter.Add(trainer.Record.Steps - before);
            if (trainer.Record.Finished) break;
            var interrupted = cancellation.IsCancellationRequested;
            if (interrupted || Stopwatch.GetElapsedTime(told) > OpenShard.SaveInterval)
            {
                shard.Update(config.Run, RunState.Running(experiment, trainer, witnesses), now: interrupted);
                told = Stopwatch.GetTimestamp();
            }

            if (interrupted) throw new OperationCanceledException(cancellation);
        }

        if (experiment.CheckpointSteps.Length > 0)
        {
            if (witnesses.Count == 0 || !witnesses[^1].Key.StartsWith($"step{trainer.Record.Steps:D7}/", StringComparison.Ordinal)) WriteCheckpoint(trainer.Record.Steps);
            files.WriteWitness(witnesses);
        }

        observer?.Finished(trainer.Record);
        shard.Update(config.Run, RunState.Finished(experiment, trainer.Record, RunsTable.Row(_recipe, config, experiment, trainer.Record)));
        meter.Ended(config, RunStatus.Finished, trainer.Record.Steps);

        void OnState(long state)
        {
            if (Array.BinarySearch(experiment.CheckpointSteps, state) >= 0) WriteCheckpoint(state);
            observer?.Recorded(trainer.Record);
        }

        void WriteCheckpoint(long state)
        {
            files.WriteParameters(state, trainer);
            witnesses.AddRange(files.Witness(state, trainer));
        }
    }

    /// <summary>A full disk or a lack of memory is no property of the run: it ends the sweep, which can be taken up again.</summary>
    private static bool ConcernsTheMachine(Exception e) =>
        e is IOException or UnauthorizedAccessException or OutOfMemoryException || e.InnerException is IOException or UnauthorizedAccessException;
}
