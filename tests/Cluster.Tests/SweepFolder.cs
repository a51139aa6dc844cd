using System.Globalization;

namespace Goldilocks.Cluster.Tests;

/// <summary>
/// A sweep whose shards are trained by a few lines of bash. A shard that is held runs until <see cref="LetGo"/>; TERM makes it save a
/// checkpoint and exit with 75; every start is noted.
/// </summary>
internal sealed class SweepFolder : IDisposable
{
    private const string Worker = """
        #!/usr/bin/env bash
        folder=$1 shard=$3
        trap 'echo saved >> "$folder/checkpoint-$shard"; exit 75' TERM
        echo "$$ ${SLURMD_NODENAME:-}" >> "$folder/starts-$shard"
        while [ -e "$folder/held-$shard" ]; do sleep 0.1; done
        mkdir "$folder/done-$shard"
        """;

    private readonly int _shards;

    public SweepFolder(int shards)
    {
        _shards = shards;
        Folder = Path.Combine(Directory.CreateTempSubdirectory("goldilocks-sweep-").FullName, "it's a folder");
        Directory.CreateDirectory(Folder);
        File.WriteAllText(PathOf("worker.sh"), Worker);
        Job = new SlurmJob("sweep", Path.Combine(Folder, "train"), ["bash", PathOf("worker.sh"), Folder]);
    }

    public string Folder { get; }

    public SlurmJob Job { get; init; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public IReadOnlyList<int> Missing() => [.. Enumerable.Range(0, _shards).Where(shard => !Directory.Exists(PathOf($"done-{shard}")))];

    public void Hold(int shard) => File.WriteAllText(PathOf($"held-{shard}"), "");

    public void LetGo(int shard) => File.Delete(PathOf($"held-{shard}"));

    /// <summary>Process and node of every start of a shard, the first one first.</summary>
    public IReadOnlyList<(int Process, string Node)> Starts(int shard)
    {
        if (!File.Exists(PathOf($"starts-{shard}"))) return [];
        var lines = File.ReadAllText(PathOf($"starts-{shard}")).Split('\n')[..^1];
        return [.. lines.Select(line => line.Split(' ')).Select(parts => (int.Parse(parts[0], CultureInfo.InvariantCulture), parts[1]))];
    }

    public Task UntilStartedAsync(int shard, int times = 1) =>
        SlurmCluster.UntilAsync(() => Task.FromResult(Starts(shard).Count >= times), $"shard {shard} was started {times} times");

    public string Log(int shard) => File.ReadAllText(Job.LogPath(shard));

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(Folder)!, recursive: true);
}
