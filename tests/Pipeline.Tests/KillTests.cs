using System.Diagnostics;
using System.Security.Cryptography;

namespace Goldilocks.Pipeline.Tests;

/// <summary>A real sweep in a real process that is killed again and again.</summary>
public sealed class KillTests : IDisposable
{
    private const string Sweep = """
        pipelines:
          sweep:
            train:
              recipe: toy-addition
              p: 6
              train_samples: 17
              width: 40
              checkpoints: none
              record_per_decade: 3
              steps: 20000
              seed: {range: [0, 11]}
              decoder_lr: [1e-4, 1e-3]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("goldilocks-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Twenty_kills_at_random_moments_leave_no_trace()
    {
        if (OperatingSystem.IsWindows()) return;
        File.WriteAllText(Path.Combine(_folder, "pipelines.yml"), Sweep);
        Assert.Equal(0, await Run("undisturbed", "--jobs", "1", "--shards", "1"));
        var random = new Random(20);
        var kills = 0;
        while (kills < 20)
        {
            using var child = Start("killed", "--jobs", "2", "--shards", "7");
            if (child.WaitForExit(random.Next(250, 900))) break;
            child.Kill(entireProcessTree: true);
            await child.WaitForExitAsync();
            kills++;
        }

        Assert.Equal(0, await Run("killed", "--jobs", "2"));
        foreach (var table in new[] { "runs", "curves", "embeddings" }) Assert.Equal(Hash("undisturbed", table), Hash("killed", table));
        Assert.Equal(20, kills);
        Assert.False(Directory.Exists(Path.Combine(_folder, "killed", "sweep", "train", ".sweep")));
    }

    [Fact]
    public async Task A_task_that_is_told_to_stop_saves_and_says_that_it_can_go_on()
    {
        if (!OperatingSystem.IsLinux()) return;
        File.WriteAllText(Path.Combine(_folder, "pipelines.yml"), Sweep);
        Assert.Equal(0, await Run("undisturbed", "--jobs", "1"));
        using (var planner = Start("tasks", "--jobs", "1", "--shards", "2"))
        {
            var plan = Path.Combine(_folder, "tasks", "sweep", "train", ".sweep", "plan.json");
            while (!File.Exists(plan)) await Task.Delay(20);
            planner.Kill(entireProcessTree: true);
            await planner.WaitForExitAsync();
        }

        foreach (var (signal, shard) in new[] { ("USR1", 0), ("TERM", 1) })
        {
            using var task = Worker(shard);
            await Task.Delay(900);
            using (var kill = Process.Start("kill", [$"-{signal}", $"{task.Id}"])) await kill.WaitForExitAsync();
            await task.WaitForExitAsync();
            Assert.Equal(75, task.ExitCode);
            using var again = Worker(shard);
            await again.WaitForExitAsync();
            Assert.Equal(0, again.ExitCode);
        }

        Assert.Equal(0, await Run("tasks", "--jobs", "1"));
        Assert.Equal(Hash("undisturbed", "runs"), Hash("tasks", "runs"));
    }

    private async Task<int> Run(string artifacts, params string[] options)
    {
        using var child = Start(artifacts, options);
        await child.WaitForExitAsync();
        return child.ExitCode;
    }

    private Process Start(string artifacts, params string[] options) => Goldilocks(
        ["run", "sweep", "--file", Path.Combine(_folder, "pipelines.yml"), "--artifacts", Path.Combine(_folder, artifacts), .. options]);

    private Process Worker(int shard) => Goldilocks(["shard", Path.Combine(_folder, "tasks", "sweep", "train"), "--shard", $"{shard}", "--jobs", "1"]);

    private static Process Goldilocks(IEnumerable<string> arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [typeof(TrainAdapter).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true })!;

    private string Hash(string artifacts, string table) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, artifacts, "sweep", "train", $"{table}.parquet"))));
}
