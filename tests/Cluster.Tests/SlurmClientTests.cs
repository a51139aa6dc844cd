using Goldilocks.Core;

namespace Goldilocks.Cluster.Tests;

/// <summary>What the client makes of the answers of Slurm's commands, and the executor of states that a healthy cluster does not show.</summary>
public sealed class SlurmClientTests : IDisposable
{
    private readonly FakeCommands _fakes = new();

    public void Dispose() => _fakes.Dispose();

    [Theory]
    [InlineData("5", 5)]
    [InlineData("0,3,7-9", 3, 9, 8, 7, 0)]
    [InlineData("0-2", 0, 1, 1, 2)]
    public void Sets_of_shards_are_written_as_Slurm_writes_them(string expected, params int[] shards) =>
        Assert.Equal(expected, ArrayIndices.Format(shards));

    [Theory]
    [InlineData("123", "123")]
    [InlineData("123;north", "123")]
    public async Task A_submission_gives_the_jobs_number(string answer, string expected)
    {
        if (OperatingSystem.IsWindows()) return;
        _fakes.Add("sbatch", $"printf '%s\\n' \"$@\" > '{_fakes.Folder}/arguments.txt'; echo '{answer}'");
        Assert.Equal(expected, await _fakes.Client.SubmitAsync("/a b/slurm.sh", [4, 1, 2], default));
        Assert.Equal("--parsable\n--array=1-2,4\n/a b/slurm.sh\n", _fakes.Read("arguments.txt"));
    }

    [Fact]
    public async Task The_queue_is_read_with_reasons_that_have_spaces()
    {
        if (OperatingSystem.IsWindows()) return;
        _fakes.Add("squeue", "echo '0  |RUNNING  |1  |None  '; echo '12|PENDING|0|launch failed requeued held'; echo '3|TIMEOUT|2|TimeLimit'");
        var tasks = await _fakes.Client.TasksAsync("9", "sweep", default);
        Assert.Equal([new SlurmTask(0, "RUNNING", 1, "None"), new SlurmTask(12, "PENDING", 0, SlurmTask.LaunchFailedHeld), new SlurmTask(3, "TIMEOUT", 2, "TimeLimit")], tasks);
        Assert.Equal([true, true, false], tasks.Select(task => task.IsActive));
    }

    [Fact]
    public async Task A_job_that_Slurm_has_forgotten_has_no_tasks()
    {
        if (OperatingSystem.IsWindows()) return;
        _fakes.Add("squeue", "echo 'slurm_load_jobs error: Invalid job id specified' >&2; exit 1");
        Assert.Empty(await _fakes.Client.TasksAsync("9", "sweep", default));
    }

    [Fact]
    public async Task The_largest_array_is_read_from_the_configuration()
    {
        if (OperatingSystem.IsWindows()) return;
        _fakes.Add("scontrol", "echo 'Configuration data as of today'; echo 'MaxArraySize            = 1001'; echo 'MaxDBDMsgs = 20004'");
        Assert.Equal(1001, await _fakes.Client.MaxArraySizeAsync(default));
    }

    [Fact]
    public async Task Failures_are_one_line()
    {
        if (OperatingSystem.IsWindows()) return;
        await ThrowsAsync("sbatch was not found. Install Slurm's client and put it on the PATH, or use --executor local.", client => client.SubmitAsync("x", [0], default));
        _fakes.Add("sbatch", "echo 'sbatch: error: Batch job submission failed: Invalid account' >&2; echo more >&2; exit 1");
        await ThrowsAsync("sbatch failed: sbatch: error: Batch job submission failed: Invalid account", client => client.SubmitAsync("x", [0], default));
        _fakes.Add("sbatch", "echo Submitted batch job 3");
        await ThrowsAsync("sbatch gave an answer that is not understood: \"Submitted batch job 3\". Check that it is Slurm's own sbatch.", client => client.SubmitAsync("x", [0], default));
        _fakes.Add("squeue", "exit 4");
        await ThrowsAsync("squeue failed: exit code 4", client => client.TasksAsync("1", "sweep", default));
        _fakes.Add("squeue", "echo nonsense");
        await ThrowsAsync("squeue gave an answer that is not understood: \"nonsense\". Check that it is Slurm's own squeue.", client => client.TasksAsync("1", "sweep", default));
    }

    [Fact]
    public async Task A_task_that_no_node_could_start_is_released_a_few_times_and_then_reported()
    {
        if (OperatingSystem.IsWindows()) return;
        _fakes.Add("sbatch", "echo 9");
        _fakes.Add("squeue", "echo '3|PENDING|0|launch failed requeued held'");
        _fakes.Add("scontrol", $"echo \"$@\" >> '{_fakes.Folder}/scontrol.txt'; echo 'MaxArraySize = 1001'");
        var error = await Assert.ThrowsAsync<GoldilocksException>(() => RunAsync([], () => [3]));
        Assert.Equal("no node could start task 9_3, which is now held. See scontrol show job 9_3; end the job with scancel 9, then run again.", error.Message);
        Assert.Equal("show config\nrelease 9_3\nrelease 9_3\nrelease 9_3\n", _fakes.Read("scontrol.txt"));
    }

    [Fact]
    public async Task A_controller_that_does_not_answer_for_a_while_does_no_harm()
    {
        if (OperatingSystem.IsWindows()) return;
        _fakes.Add("sbatch", "echo 9");
        _fakes.Add("scontrol", "echo 'MaxArraySize = 1001'");
        _fakes.Add("squeue", $"echo >> '{_fakes.Folder}/looks.txt'; [ $(<'{_fakes.Folder}/looks.txt' /usr/bin/wc -l) -gt 2 ] || {{ echo 'Unable to contact slurm controller' >&2; exit 1; }}");
        var log = new List<string>();
        await RunAsync(log, () => _fakes.Read("looks.txt").Length > 2 ? [] : [0]);
        Assert.Equal(2, log.Count(line => line == "squeue failed: Unable to contact slurm controller (trying again)"));
    }

    [Fact]
    public void A_damaged_record_is_named()
    {
        var path = Path.Combine(_fakes.Folder, "slurm.json");
        Assert.Null(SlurmRecord.Read(path));
        new SlurmRecord("9", "0-3", DateTimeOffset.UnixEpoch).Write(path);
        Assert.Equal(new SlurmRecord("9", "0-3", DateTimeOffset.UnixEpoch), SlurmRecord.Read(path));
        File.WriteAllText(path, "{\"job\": 9");
        Assert.StartsWith($"{path} is damaged.", Assert.Throws<GoldilocksException>(() => SlurmRecord.Read(path)).Message, StringComparison.Ordinal);
        File.WriteAllText(path, "{\"job\": null}");
        Assert.Throws<GoldilocksException>(() => SlurmRecord.Read(path));
    }

    private async Task ThrowsAsync(string message, Func<SlurmClient, Task> action) =>
        Assert.Equal(message, (await Assert.ThrowsAsync<GoldilocksException>(() => action(_fakes.Client))).Message);

    private Task RunAsync(List<string> log, Func<IReadOnlyList<int>> missing) =>
        new SlurmExecutor(_fakes.Client, log.Add, new Progress<SlurmProgress>()) { Pause = TimeSpan.FromMilliseconds(10), LongestPause = TimeSpan.FromMilliseconds(20) }
            .RunAsync(new SlurmJob("sweep", Path.Combine(_fakes.Folder, "train"), ["true"]), missing, submitOnly: false, default);
}
