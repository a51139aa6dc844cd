using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>
/// Has Slurm work through the shards of a sweep: one array, one task per shard. It holds no state but the job's number: which shards
/// are complete is read from the shards themselves, and a shard may be trained twice without harm.
/// </summary>
internal sealed class SlurmExecutor(SlurmClient client, Action<string> log, IProgress<SlurmProgress> progress)
{
    /// <summary>How often missing shards are submitted, all in all, before the run counts as failed.</summary>
    public int Rounds { get; init; } = 3;

    /// <summary>The pause between the first two looks at the queue; it grows to <see cref="LongestPause"/>.</summary>
    public TimeSpan Pause { get; init; } = TimeSpan.FromSeconds(1);

    public TimeSpan LongestPause { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Submits the missing shards, or attaches to the job that was submitted earlier, and follows it until none is missing.</summary>
    /// <param name="job">What every task runs.</param>
    /// <param name="missing">The shards that are not complete now.</param>
    /// <param name="submitOnly">Only submit; return at once.</param>
    /// <param name="cancellation">Stops following. The job goes on.</param>
    /// <exception cref="GoldilocksException">Slurm refuses, the job was cancelled, or shards are missing after all rounds.</exception>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public async Task RunAsync(SlurmJob job, Func<IReadOnlyList<int>> missing, bool submitOnly, CancellationToken cancellation)
    {
        var shards = missing();
        if (shards.Count == 0) return;
        var record = await AttachAsync(job, cancellation) ?? await SubmitAsync(job, shards, cancellation);
        if (submitOnly) return;
        try
        {
            for (var round = 1; ; round++)
            {
                var states = await new SlurmFollower(client, job, record.Job, log) { Rounds = Rounds }.FollowAsync(missing, progress, Pause, LongestPause, cancellation);
                shards = missing();
                if (shards.Count == 0) return;
                Judge(job, record.Job, shards, states, round);
                log($"{Count(shards)} missing after job {record.Job}: submitting again");
                record = await SubmitAsync(job, shards, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            log($"job {record.Job} goes on. Look: squeue --jobs={record.Job}. Cancel: scancel {record.Job}. The same command follows it again.");
            throw;
        }
    }

    /// <summary>Whether the job that was submitted last is still in the queue.</summary>
    /// <exception cref="GoldilocksException">Slurm does not answer.</exception>
    public async Task<bool> IsActiveAsync(SlurmJob job, CancellationToken cancellation) =>
        SlurmRecord.Read(job.RecordPath) is { } record && (await client.TasksAsync(record.Job, job.Name, cancellation)).Any(task => task.IsActive);

    private async Task<SlurmRecord?> AttachAsync(SlurmJob job, CancellationToken cancellation)
    {
        if (!await IsActiveAsync(job, cancellation) || SlurmRecord.Read(job.RecordPath) is not { } record) return null;
        log($"following job {record.Job} (shards {record.Shards}), submitted {record.Submitted.ToLocalTime():yyyy-MM-dd HH:mm}");
        return record;
    }

    private async Task<SlurmRecord> SubmitAsync(SlurmJob job, IReadOnlyList<int> shards, CancellationToken cancellation)
    {
        var size = await client.MaxArraySizeAsync(cancellation);
        if (shards.Max() >= size)
            throw new GoldilocksException($"the sweep is cut into {shards.Max() + 1} shards, but a job array of this cluster holds at most {size}. Choose --shards {size} or fewer.");
        SlurmScript.Write(job);

        // A submission is not interrupted half-way: nobody would know the job's number.
        var record = new SlurmRecord(await client.SubmitAsync(job.ScriptPath, shards, CancellationToken.None), ArrayIndices.Format(shards), DateTimeOffset.UtcNow);
        record.Write(job.RecordPath);
        log($"submitted job {record.Job}: {Count(shards)}, logs in {Short.Path(job.LogFolder)}");
        return record;
    }

    private void Judge(SlurmJob job, string number, IReadOnlyList<int> shards, IReadOnlyDictionary<int, string> states, int round)
    {
        if (shards.Any(shard => states.GetValueOrDefault(shard) == SlurmTask.Cancelled))
            throw new GoldilocksException($"job {number} was cancelled; {Count(shards)} missing. The same command submits what is missing.", ExitCodes.StageFailed);
        if (round >= Rounds)
        {
            throw new GoldilocksException(
                $"{Count(shards)} still missing after {(Rounds == 1 ? "one submission" : $"{Rounds} submissions")}. See {Short.Path(job.LogPath(shards[0]))}.", ExitCodes.StageFailed);
        }
    }

    private static string Count(IReadOnlyList<int> shards) => $"{(shards.Count == 1 ? "shard" : $"{shards.Count} shards:")} {ArrayIndices.Format(shards)}";
}
