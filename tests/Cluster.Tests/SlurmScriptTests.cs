using System.Diagnostics;
using Goldilocks.Core;

namespace Goldilocks.Cluster.Tests;

/// <summary>The batch script: its text, and what it does under bash with a stand-in for scontrol.</summary>
public sealed class SlurmScriptTests : IDisposable
{
    private readonly FakeCommands _fakes = new();
    private readonly SlurmJob _job;

    public SlurmScriptTests()
    {
        _fakes.Add("scontrol", $"echo \"$@\" >> '{_fakes.Folder}/scontrol.txt'");
        _job = new SlurmJob("fig6b", Path.Combine(_fakes.Folder, "it's 50% here"), ["bash", Path.Combine(_fakes.Folder, "child.sh"), "a b", "$HOME", "it's"])
        {
            CpusPerTask = 4, Options = ["--time=01:00:00", "--comment=two words"],
        };
    }

    public void Dispose() => _fakes.Dispose();

    [Fact]
    public void The_head_says_what_Slurm_needs_to_know()
    {
        var lines = SlurmScript.Text(_job).Split('\n');
        Assert.Equal("#!/usr/bin/env bash", lines[0]);
        Assert.Equal(
        [
            "#SBATCH --job-name=fig6b", $"#SBATCH --output=\"{_fakes.Folder}/it's 50%% here/logs/%a.log\"", "#SBATCH --open-mode=append", "#SBATCH --ntasks=1",
            "#SBATCH --cpus-per-task=4", "#SBATCH --requeue", "#SBATCH --signal=B:USR1@60", "#SBATCH --time=01:00:00", "#SBATCH \"--comment=two words\"",
        ], lines.Where(line => line.StartsWith("#SBATCH", StringComparison.Ordinal)));
        Assert.Contains($"bash {_fakes.Folder}/child.sh 'a b' '$HOME' 'it'\\''s' --shard \"$SLURM_ARRAY_TASK_ID\" &", lines);
        Assert.DoesNotContain(lines, line => line.Contains("SBATCH --array", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("time=1")]
    [InlineData("--time=1\n#SBATCH --array=1")]
    [InlineData("--array=0-3")]
    [InlineData("-a0-3")]
    [InlineData("-o")]
    [InlineData("--job-name mine")]
    public void Options_that_would_break_the_array_are_refused(string option) =>
        Assert.Throws<GoldilocksException>(() => SlurmScript.Text(_job with { Options = [option] }));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(137)]
    public async Task The_programs_exit_code_and_arguments_are_passed_through(int code)
    {
        if (OperatingSystem.IsWindows()) return;
        Child($"printf '<%s>' \"$@\"; exit {code}");
        var (exit, output) = await RunAsync();
        Assert.Equal(code, exit);
        Assert.EndsWith("<a b><$HOME><it's><--shard><3>", output, StringComparison.Ordinal);
        Assert.Equal("", _fakes.Read("scontrol.txt"));
    }

    [Theory]
    [InlineData("", "requeue 77_3\n")]
    [InlineData("4", "requeue 77_3\n")]
    [InlineData("5", "")]
    public async Task A_checkpointed_task_is_requeued_alone_until_the_bound(string restarts, string expected)
    {
        if (OperatingSystem.IsWindows()) return;
        Child("exit 75");
        var (exit, output) = await RunAsync(restarts);
        Assert.Equal(75, exit);
        Assert.Equal(expected, _fakes.Read("scontrol.txt"));
        Assert.Contains(expected.Length > 0 ? "goes back into the queue" : "started again 5 times already", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("USR1", "requeue 77_3\n")]
    [InlineData("TERM", "")]
    public async Task Signals_reach_the_program_as_TERM_and_its_checkpoint_is_awaited(string signal, string expected)
    {
        if (OperatingSystem.IsWindows()) return;
        Child($"trap 'echo saving; sleep 0.5; echo saved; exit 75' TERM; touch '{_fakes.Folder}/ready'; for ((;;)); do sleep 0.05; done");
        var (exit, output) = await RunAsync(whileRunning: async script =>
        {
            while (!File.Exists(Path.Combine(_fakes.Folder, "ready"))) await Task.Delay(20);
            await SendAsync(signal, script);
            await Task.Delay(200);
            await SendAsync(signal, script);
        });
        Assert.Equal(75, exit);
        Assert.Contains("saving\nsaved\n", output, StringComparison.Ordinal);
        Assert.Equal(expected, _fakes.Read("scontrol.txt"));
    }

    [Fact]
    public async Task A_cancellation_that_reaches_the_program_first_is_one_all_the_same()
    {
        if (OperatingSystem.IsWindows()) return;
        Child("(sleep 0.3; kill -TERM $PPID) & exit 75");
        var (exit, output) = await RunAsync();
        Assert.Equal(75, exit);
        Assert.DoesNotContain("goes back", output, StringComparison.Ordinal);
        Assert.Equal("", _fakes.Read("scontrol.txt"));
    }

    private static async Task SendAsync(string signal, Process process)
    {
        using var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]);
        await kill.WaitForExitAsync();
    }

    private void Child(string body) => File.WriteAllText(Path.Combine(_fakes.Folder, "child.sh"), body);

    private async Task<(int Code, string Output)> RunAsync(string restarts = "", Func<Process, Task>? whileRunning = null)
    {
        SlurmScript.Write(_job);
        using (var check = Process.Start("bash", ["-n", _job.ScriptPath]))
        {
            await check.WaitForExitAsync();
            Assert.Equal(0, check.ExitCode);
        }

        var start = new ProcessStartInfo("bash", [_job.ScriptPath]) { RedirectStandardOutput = true };
        start.Environment["PATH"] = _fakes.Path;
        start.Environment["SLURM_ARRAY_JOB_ID"] = "77";
        start.Environment["SLURM_ARRAY_TASK_ID"] = "3";
        if (restarts.Length > 0) start.Environment["SLURM_RESTART_COUNT"] = restarts;
        using var script = Process.Start(start)!;
        var output = script.StandardOutput.ReadToEndAsync();
        if (whileRunning is not null) await whileRunning(script);
        await script.WaitForExitAsync();
        return (script.ExitCode, await output);
    }
}
