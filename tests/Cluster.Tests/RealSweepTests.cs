using System.Diagnostics;
using System.Security.Cryptography;
using Goldilocks.Train;
using Xunit.Abstractions;

namespace Goldilocks.Cluster.Tests;

/// <summary>A real sweep on a real Slurm: what befalls its tasks shows nowhere in its tables.</summary>
public sealed class RealSweepTests(ClusterFixture fixture, ITestOutputHelper output) : IClassFixture<ClusterFixture>, IDisposable
{
    private const string Yaml = """
        pipelines:
          sweep:
            train:
              recipe: toy-addition
              p: 6
              train_samples: 17
              width: 100
              checkpoints: none
              record_per_decade: 3
              steps: 100000
              seed: {range: [0, 3]}
              decoder_lr: [1e-4, 1e-3]
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("goldilocks-test-").FullName;

    private string TrainFolder => Path.Combine(_folder, "cluster", "sweep", "train");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SlurmFact]
    public async Task A_killed_task_a_requeued_one_and_a_lost_node_leave_the_same_bytes()
    {
        var cluster = fixture.Cluster;
        File.WriteAllText(Path.Combine(_folder, "pipelines.yml"), Yaml);
        Assert.Equal(0, await RunAsync("local", "--jobs", "2", "--shards", "1"));

        // Submitted by one command, followed by another.
        Assert.Equal(0, await RunAsync("cluster", "--executor", "slurm", "--shards", "8", "--submit-only"));
        Assert.False(File.Exists(Path.Combine(TrainFolder, "manifest.json")));
        var run = RunAsync("cluster", "--executor", "slurm");
        foreach (var shard in new[] { 0, 1, 2 }) await SlurmCluster.UntilAsync(() => Task.FromResult(Workers(shard).Length > 0), $"shard {shard} is being trained");
        var job = SlurmRecord.Read(Path.Combine(TrainFolder, SweepPlan.FolderName, "slurm.json"))!.Job;
        await cluster.RunAsync("scontrol", "requeue", $"{job}_1");
        foreach (var process in Workers(0)) ClusterProcesses.Kill(process);
        var lost = await NodeOfAsync($"{job}_2");
        cluster.KillNode(lost);
        try
        {
            Assert.Equal(0, await run);
        }
        finally
        {
            await cluster.StartNodeAsync(lost);
        }

        foreach (var table in new[] { "runs", "curves", "embeddings" }) Assert.Equal(Hash("local", table), Hash("cluster", table));
        Assert.False(Directory.Exists(Path.Combine(TrainFolder, SweepPlan.FolderName)));
    }

    private int[] Workers(int shard) => ClusterProcesses.With($"SLURM_CONF={fixture.Cluster.Folder}/slurm.conf", $"SLURM_ARRAY_TASK_ID={shard}");

    private async Task<string> NodeOfAsync(string task) => (await fixture.Cluster.RunAsync("squeue", "--noheader", $"--jobs={task}", "--format=%N")).Trim();

    private async Task<int> RunAsync(string artifacts, params string[] options)
    {
        var start = new ProcessStartInfo("dotnet",
            [typeof(ClusterExecutor).Assembly.Location, "run", "sweep", "--file", Path.Combine(_folder, "pipelines.yml"), "--artifacts", Path.Combine(_folder, artifacts), .. options])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in fixture.Cluster.Environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        output.WriteLine(await process.StandardOutput.ReadToEndAsync());
        output.WriteLine(await error);
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private string Hash(string artifacts, string table) =>
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(_folder, artifacts, "sweep", "train", $"{table}.parquet"))));
}
