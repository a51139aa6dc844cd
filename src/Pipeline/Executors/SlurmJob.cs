namespace Goldilocks.Pipeline;

/// <summary>A job array whose every task trains one shard.</summary>
/// <param name="Name">The job's name in the queue; letters, digits and <c>. _ -</c>.</param>
/// <param name="Folder">Script, job record and logs lie here. Every node must see it under this path.</param>
/// <param name="Command">Program and arguments of every task; the script appends <c>--shard INDEX</c>. Paths in it must be absolute.</param>
internal sealed record SlurmJob(string Name, string Folder, IReadOnlyList<string> Command)
{
    public int CpusPerTask { get; init; } = 1;

    /// <summary>The user's own options for sbatch, such as <c>--time=01:00:00</c>.</summary>
    public IReadOnlyList<string> Options { get; init; } = [];

    /// <summary>How often Slurm may have started a task again before the script no longer asks for it.</summary>
    public int Retries { get; init; } = 5;

    public string ScriptPath => Path.Combine(Folder, "slurm.sh");

    public string RecordPath => Path.Combine(Folder, "slurm.json");

    public string LogFolder => Path.Combine(Folder, "logs");

    public string LogPath(int shard) => Path.Combine(LogFolder, $"{shard}.log");
}
