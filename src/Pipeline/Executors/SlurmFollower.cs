using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>Watches one job array until it has left the queue.</summary>
internal sealed class SlurmFollower(SlurmClient client, SlurmJob job, string number, Action<string> log)
{
    /// <summary>A controller that restarts is given this many looks.</summary>
    private const int Patience = 10;

    private readonly Dictionary<int, SlurmTask> _last = [];
    private readonly Dictionary<int, int> _releases = [];
    private int _unanswered;

    /// <summary>How often a task is released that no node could start.</summary>
    public int Rounds { get; init; } = 3;

    /// <returns>The last state that Slurm told of each task.</returns>
    /// <exception cref="GoldilocksException">Slurm does not answer any more, or cannot start a task.</exception>
    public async Task<IReadOnlyDictionary<int, string>> FollowAsync(
        Func<IReadOnlyList<int>> missing, IProgress<SlurmProgress> progress, TimeSpan pause, TimeSpan longestPause, CancellationToken cancellation)
    {
        while (true)
        {
            if (await LookAsync(cancellation) is { } tasks)
            {
                foreach (var task in tasks) await NoticeAsync(task, cancellation);
                progress.Report(new SlurmProgress(missing().Count, tasks.Count(task => task.IsRunning), tasks.Count(task => task.IsActive && !task.IsRunning)));
                if (!tasks.Any(task => task.IsActive)) return _last.ToDictionary(pair => pair.Key, pair => pair.Value.State);
            }

            await Task.Delay(pause, cancellation);
            pause = TimeSpan.FromTicks(Math.Min(longestPause.Ticks, pause.Ticks * 3 / 2));
        }
    }

    private async Task<IReadOnlyList<SlurmTask>?> LookAsync(CancellationToken cancellation)
    {
        try
        {
            var tasks = await client.TasksAsync(number, job.Name, cancellation);
            _unanswered = 0;
            return tasks;
        }
        catch (GoldilocksException e) when (++_unanswered < Patience)
        {
            log($"{e.Message} (trying again)");
            return null;
        }
    }

    /// <summary>Tells of what a user would want to know: tasks that fail or come back. Ordinary starts and ends are counted only.</summary>
    private async Task NoticeAsync(SlurmTask task, CancellationToken cancellation)
    {
        var before = _last.GetValueOrDefault(task.Index);
        _last[task.Index] = task;
        if (task.Reason == SlurmTask.LaunchFailedHeld) await ReleaseAsync(task, cancellation);
        if (task == before) return;
        if (!task.IsActive && task.State is not SlurmTask.Completed && before?.State != task.State)
            log($"task {number}_{task.Index}: {task.State} ({task.Reason}), see {Short.Path(job.LogPath(task.Index))}");
        if (task.Restarts > before?.Restarts) log($"task {number}_{task.Index} went back into the queue (requeue {task.Restarts})");
        if (task.Reason.StartsWith("JobHeld", StringComparison.Ordinal))
            log($"task {number}_{task.Index} was put on hold ({task.Reason}); scontrol release {number}_{task.Index} lets it start");
    }

    private async Task ReleaseAsync(SlurmTask task, CancellationToken cancellation)
    {
        var releases = _releases[task.Index] = _releases.GetValueOrDefault(task.Index) + 1;
        if (releases > Rounds)
        {
            throw new GoldilocksException(
                $"no node could start task {number}_{task.Index}, which is now held. See scontrol show job {number}_{task.Index}; end the job with scancel {number}, then run again.",
                ExitCodes.StageFailed);
        }

        log($"no node could start task {number}_{task.Index}: released, attempt {releases} of {Rounds}");
        await client.ReleaseAsync(number, task.Index, cancellation);
    }
}
