namespace Goldilocks.Cluster.Tests;

/// <summary>A folder of small bash scripts that stand in for Slurm's commands.</summary>
internal sealed class FakeCommands : IDisposable
{
    public FakeCommands() => Folder = Directory.CreateTempSubdirectory("goldilocks-fake-").FullName;

    public string Folder { get; }

    /// <summary>These commands first, then the system's.</summary>
    public string Path => $"{Folder}:{Environment.GetEnvironmentVariable("PATH")}";

    /// <summary>A client that finds these commands and no others; with their own "#!/bin/bash" they need no PATH.</summary>
    public SlurmClient Client => new(new Dictionary<string, string> { ["PATH"] = Folder });

    public void Add(string command, string body)
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("bash scripts");
        var path = System.IO.Path.Combine(Folder, command);
        File.WriteAllText(path, $"#!/bin/bash\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>What the commands have written to a file of this folder; empty where they wrote nothing.</summary>
    public string Read(string name)
    {
        var path = System.IO.Path.Combine(Folder, name);
        return File.Exists(path) ? File.ReadAllText(path) : "";
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
