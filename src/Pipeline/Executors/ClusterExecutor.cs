using Goldilocks.Train;

namespace Goldilocks.Pipeline;

/// <summary>A sweep on Slurm: every task of a job array trains one shard with <c>goldilocks shard</c>.</summary>
/// <param name="client">Slurm's commands.</param>
/// <param name="cpus">CPUs of a task, and runs that it trains at a time.</param>
/// <param name="options">The user's own options for sbatch.</param>
/// <param name="submitOnly">Whether nobody waits for the job.</param>
internal sealed class ClusterExecutor(SlurmClient client, int cpus, IReadOnlyList<string> options, bool submitOnly) : IExecutor
{
    private const int MostShards = 64;

    /// <summary>Some more rounds than a shard's file is likely to be damaged in.</summary>
    private const int MostChecks = 3;

    public int? DefaultShards(int runs) => Math.Min(runs, MostShards);

    public void Execute(TrainSweep sweep, StageContext context)
    {
        var slurm = new SlurmExecutor(client, context.Note, new Progress(sweep, context.Progress));
        var job = Job(sweep, context.Pipeline);
        for (var check = 0; check < MostChecks; check++)
        {
            // While a job is at work the files are its own; otherwise those that broke are tried again.
            if (!slurm.IsActiveAsync(job, context.Cancellation).GetAwaiter().GetResult()) sweep.Check(retryFailed: check == 0);
            if (sweep.Incomplete().Count == 0) return;
            slurm.RunAsync(job, sweep.Incomplete, submitOnly, context.Cancellation).GetAwaiter().GetResult();
            if (submitOnly)
                throw new SubmittedException($"submitted; ./goldilocks status {context.Pipeline} shows how far it is, the same command without --submit-only follows it and collects the results");
        }
    }

    /// <summary>This program, run again by every task: with the host that runs it now, where it does not run by itself.</summary>
    private SlurmJob Job(TrainSweep sweep, string pipeline)
    {
        var host = Environment.ProcessPath!;
        string[] program = Path.GetFileNameWithoutExtension(host) == "dotnet" ? [host, typeof(ClusterExecutor).Assembly.Location] : [host];
        return new SlurmJob($"goldilocks-{pipeline}", Path.Combine(sweep.Folder, SweepPlan.FolderName),
            [.. program, "shard", sweep.Folder, "--plan", sweep.Plan.Identity[..12], "--jobs", $"{cpus}"])
        {
            CpusPerTask = cpus,
            Options = options,
        };
    }

    /// <summary>Runs from the shards' files, tasks from the queue.</summary>
    private sealed class Progress(TrainSweep sweep, IProgress<StageProgress> target) : IProgress<SlurmProgress>
    {
        public void Report(SlurmProgress value)
        {
            if (SweepStatus.Read(sweep.Folder) is not { } status) return;
            target.Report(new StageProgress((double)(status.Done + status.Failed) / status.Runs,
                $"{status.Done}/{status.Runs} runs{(status.Failed > 0 ? $", {status.Failed} failed" : "")}; tasks: {value.Running} running, {value.Waiting} waiting"));
        }
    }
}
