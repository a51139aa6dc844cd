using Goldilocks.Core;
using Xunit.Abstractions;

namespace Goldilocks.Cluster.Tests;

/// <summary>The executor against a real Slurm.</summary>
public sealed class RealClusterTests(ClusterFixture fixture, ITestOutputHelper output) : IClassFixture<ClusterFixture>
{
    private readonly List<string> _log = [];
    private readonly List<SlurmProgress> _progress = [];

    private SlurmCluster Cluster => fixture.Cluster;

    [SlurmFact]
    public async Task An_array_completes_every_shard_once()
    {
        using var sweep = new SweepFolder(6);
        await RunAsync(sweep);
        Assert.Empty(sweep.Missing());
        Assert.All(Enumerable.Range(0, 6), shard => Assert.Single(sweep.Starts(shard)));
        Assert.Equal(new SlurmProgress(0, 0, 0), _progress[^1]);
        Assert.StartsWith("== task ", sweep.Log(5), StringComparison.Ordinal);

        // With nothing missing nothing is submitted.
        var job = Record(sweep).Job;
        await RunAsync(sweep);
        Assert.Equal(job, Record(sweep).Job);
    }

    [SlurmFact]
    public async Task A_killed_task_alone_is_submitted_again()
    {
        using var sweep = new SweepFolder(3);
        sweep.Hold(1);
        var run = RunAsync(sweep);
        await sweep.UntilStartedAsync(1);
        var first = Record(sweep).Job;
        ClusterProcesses.Kill(sweep.Starts(1)[0].Process);
        await sweep.UntilStartedAsync(1, times: 2);
        sweep.LetGo(1);
        await run;
        Assert.Empty(sweep.Missing());
        Assert.Equal("1", Record(sweep).Shards);
        Assert.Equal([1, 2, 1], Enumerable.Range(0, 3).Select(shard => sweep.Starts(shard).Count));
        Assert.Contains(_log, line => line.StartsWith($"task {first}_1: FAILED", StringComparison.Ordinal));
        Assert.Contains($"shard 1 missing after job {first}: submitting again", _log);
    }

    [SlurmFact]
    public async Task A_shard_that_fails_every_time_is_named_with_its_log()
    {
        using var sweep = new SweepFolder(2);
        File.WriteAllText(sweep.PathOf("worker.sh"), "[ $3 -eq 0 ] || exit 9; mkdir \"$1/done-$3\"");
        var error = await Assert.ThrowsAsync<GoldilocksException>(() => RunAsync(sweep, rounds: 2));
        Assert.Equal($"shard 1 still missing after 2 submissions. See {sweep.Job.LogPath(1)}.", error.Message);
        Assert.Equal(ExitCodes.StageFailed, error.ExitCode);
        Assert.Equal(2, sweep.Log(1).Split("== task ").Length - 1);
    }

    [SlurmFact]
    public async Task Requeued_tasks_save_a_checkpoint_and_run_again_in_the_same_job()
    {
        using var sweep = new SweepFolder(2);
        sweep.Hold(0);
        sweep.Hold(1);
        var run = RunAsync(sweep);
        await sweep.UntilStartedAsync(0);
        await sweep.UntilStartedAsync(1);
        var job = Record(sweep).Job;

        // What Slurm sends a minute before the time limit, and what an administrator may do.
        await Cluster.RunAsync("scancel", "--signal=USR1", "--batch", $"{job}_0");
        await Cluster.RunAsync("scontrol", "requeue", $"{job}_1");
        await sweep.UntilStartedAsync(0, times: 2);
        await sweep.UntilStartedAsync(1, times: 2);
        sweep.LetGo(0);
        sweep.LetGo(1);
        await run;
        Assert.Equal(job, Record(sweep).Job);
        Assert.True(File.Exists(sweep.PathOf("checkpoint-0")) && File.Exists(sweep.PathOf("checkpoint-1")));
        Assert.Contains($"== task {job}_0 saved a checkpoint and goes back into the queue", sweep.Log(0), StringComparison.Ordinal);
        Assert.DoesNotContain("goes back", sweep.Log(1), StringComparison.Ordinal);
        Assert.Contains("started again 1 times", sweep.Log(1), StringComparison.Ordinal);
        Assert.All([0, 1], shard => Assert.Single(_log, $"task {job}_{shard} went back into the queue (requeue 1)"));
    }

    [SlurmFact]
    public async Task A_cancelled_job_stays_cancelled()
    {
        using var sweep = new SweepFolder(2);
        sweep.Hold(1);
        var run = RunAsync(sweep);
        await sweep.UntilStartedAsync(1);
        var job = Record(sweep).Job;
        await Cluster.RunAsync("scancel", job);
        var error = await Assert.ThrowsAsync<GoldilocksException>(() => run);
        Assert.Equal($"job {job} was cancelled; shard 1 missing. The same command submits what is missing.", error.Message);
        Assert.True(File.Exists(sweep.PathOf("checkpoint-1")));

        sweep.LetGo(1);
        await RunAsync(sweep);
        Assert.Empty(sweep.Missing());
        Assert.Equal("1", Record(sweep).Shards);
    }

    [SlurmFact]
    public async Task A_later_call_follows_the_submitted_job_instead_of_submitting_twice()
    {
        using var sweep = new SweepFolder(2);
        sweep.Hold(0);
        await RunAsync(sweep, submitOnly: true);
        var job = Record(sweep).Job;
        await RunAsync(sweep, submitOnly: true);
        Assert.Equal(job, Record(sweep).Job);

        using (var interrupt = new CancellationTokenSource())
        {
            var interrupted = RunAsync(sweep, cancellation: interrupt.Token);
            await sweep.UntilStartedAsync(0);
            await interrupt.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => interrupted);
            Assert.Equal($"job {job} goes on. Look: squeue --jobs={job}. Cancel: scancel {job}. The same command follows it again.", _log[^1]);
        }

        var run = RunAsync(sweep);
        sweep.LetGo(0);
        await run;
        Assert.Empty(sweep.Missing());
        Assert.Equal(job, Record(sweep).Job);
        Assert.Single(sweep.Starts(0));
    }

    [SlurmFact]
    public async Task Tasks_of_a_lost_node_end_up_on_the_other_one()
    {
        using var sweep = new SweepFolder(2 * SlurmCluster.CpusPerNode);
        foreach (var shard in sweep.Missing()) sweep.Hold(shard);
        var run = RunAsync(sweep);
        foreach (var shard in sweep.Missing()) await sweep.UntilStartedAsync(shard);
        var lost = sweep.Missing().Where(shard => sweep.Starts(shard)[0].Node == "node1").ToArray();
        var job = Record(sweep).Job;
        Cluster.KillNode("node1");
        try
        {
            foreach (var shard in sweep.Missing()) sweep.LetGo(shard);
            await run;
            Assert.Equal(SlurmCluster.CpusPerNode, lost.Length);
            Assert.All(lost, shard => Assert.Equal(["node1", "node2"], sweep.Starts(shard).Select(start => start.Node)));
            Assert.Empty(sweep.Missing());
            Assert.Equal(job, Record(sweep).Job);
        }
        finally
        {
            await Cluster.StartNodeAsync("node1");
        }
    }

    [SlurmFact]
    public async Task Tasks_that_a_broken_node_could_not_start_are_released()
    {
        using var sweep = new SweepFolder(2);
        Cluster.BreakNode("node1");
        try
        {
            await RunAsync(sweep);
            Assert.All([0, 1], shard => Assert.Equal("node2", Assert.Single(sweep.Starts(shard)).Node));
            Assert.Contains($"no node could start task {Record(sweep).Job}_1: released, attempt 1 of 3", _log);
        }
        finally
        {
            await Cluster.RepairNodeAsync("node1");
        }
    }

    [SlurmFact]
    public async Task More_shards_than_an_array_holds_are_refused()
    {
        using var sweep = new SweepFolder(SlurmConfiguration.MaxArraySize + 1);
        var error = await Assert.ThrowsAsync<GoldilocksException>(() => RunAsync(sweep));
        Assert.Equal("the sweep is cut into 1002 shards, but a job array of this cluster holds at most 1001. Choose --shards 1001 or fewer.", error.Message);
        Assert.False(File.Exists(sweep.Job.RecordPath));
    }

    [SlurmFact]
    public async Task Options_reach_Slurm_and_its_refusal_is_passed_on()
    {
        using var sweep = new SweepFolder(1);
        await RunAsync(sweep, job: sweep.Job with { Options = ["--time=00:07:00", "--comment=two words"], CpusPerTask = 2 });
        var shown = await Cluster.RunAsync("scontrol", "show", "job", Record(sweep).Job);
        Assert.Contains("TimeLimit=00:07:00", shown, StringComparison.Ordinal);
        Assert.Contains("Comment=two words", shown, StringComparison.Ordinal);
        Assert.Contains("CPUs/Task=2", shown, StringComparison.Ordinal);

        using var other = new SweepFolder(1);
        var error = await Assert.ThrowsAsync<GoldilocksException>(() => RunAsync(other, job: other.Job with { Options = ["--partition=gpu"] }));
        Assert.Equal("sbatch failed: sbatch: error: invalid partition specified: gpu", error.Message);
    }

    [SlurmFact]
    public async Task Nothing_is_left_of_a_cluster()
    {
        using var sweep = new SweepFolder(3);
        sweep.Hold(0);
        string folder;
        int[] processes;
        await using (var cluster = await SlurmCluster.StartAsync(nodes: 1))
        {
            await new SlurmExecutor(new SlurmClient(cluster.Environment), Log, new Reported(_progress.Add)).RunAsync(sweep.Job, sweep.Missing, submitOnly: true, default);
            await sweep.UntilStartedAsync(0);
            folder = cluster.Folder;
            processes = [.. cluster.ProcessIds];
            Assert.Contains(sweep.Starts(0)[0].Process, processes);
            Assert.True(processes.Length >= 6, "munged, slurmctld, slurmd, slurmstepd, the script and the worker");
        }

        Assert.Empty(ClusterProcesses.With($"SLURM_CONF={folder}/slurm.conf"));
        Assert.DoesNotContain(processes, id => Directory.Exists($"/proc/{id}") && File.ReadAllText($"/proc/{id}/cmdline").Contains(folder, StringComparison.Ordinal));
        Assert.False(Directory.Exists(folder));
    }

    private static SlurmRecord Record(SweepFolder sweep) => SlurmRecord.Read(sweep.Job.RecordPath)!;

    private Task RunAsync(SweepFolder sweep, bool submitOnly = false, int rounds = 3, SlurmJob? job = null, CancellationToken cancellation = default)
    {
        var executor = new SlurmExecutor(new SlurmClient(Cluster.Environment), Log, new Reported(_progress.Add))
        {
            Rounds = rounds, Pause = TimeSpan.FromMilliseconds(200), LongestPause = TimeSpan.FromMilliseconds(500),
        };
        return executor.RunAsync(job ?? sweep.Job, sweep.Missing, submitOnly, cancellation);
    }

    private void Log(string line)
    {
        _log.Add(line);
        output.WriteLine(line);
    }

    private sealed class Reported(Action<SlurmProgress> action) : IProgress<SlurmProgress>
    {
        public void Report(SlurmProgress value) => action(value);
    }
}
