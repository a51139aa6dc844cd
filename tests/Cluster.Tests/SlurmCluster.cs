using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace Goldilocks.Cluster.Tests;

/// <summary>
/// A real Slurm on the loopback interface: munged, slurmctld and one slurmd per node, all as the current user, all in one temporary
/// folder. Every process carries SLURM_CONF in its environment; that is how all of them, the tasks too, are found and ended.
/// </summary>
internal sealed class SlurmCluster : IAsyncDisposable
{
    public const int CpusPerNode = 2;
    private static readonly string[] Needed = ["munged", "slurmctld", "slurmd", "sbatch", "squeue", "scontrol", "scancel", "sinfo"];
    private readonly List<Process> _daemons = [];
    private readonly IReadOnlyList<string> _nodes;

    private SlurmCluster(int nodes)
    {
        Folder = Directory.CreateTempSubdirectory("goldilocks-slurm-").FullName;
        _nodes = [.. Enumerable.Range(1, nodes).Select(node => $"node{node}")];
        AppDomain.CurrentDomain.ProcessExit += KillAll;
    }

    /// <summary>Where tests may not be skipped.</summary>
    public static bool Required => System.Environment.GetEnvironmentVariable("GOLDILOCKS_REQUIRE_SLURM") == "1";

    public static bool Installed => OperatingSystem.IsLinux() && Needed.All(command => Find(command) is not null);

    public string Folder { get; }

    /// <summary>What Slurm's commands need to find this cluster.</summary>
    public IReadOnlyDictionary<string, string> Environment => new Dictionary<string, string> { ["SLURM_CONF"] = Configuration };

    /// <summary>Ids of all its processes, the tasks' too.</summary>
    public int[] ProcessIds => ClusterProcesses.With(Mark);

    private string Configuration => Path.Combine(Folder, "slurm.conf");

    private string Mark => $"SLURM_CONF={Configuration}";

    /// <summary>Starts it and waits until every node is idle.</summary>
    public static async Task<SlurmCluster> StartAsync(int nodes = 2)
    {
        if (!Installed) throw new InvalidOperationException($"Slurm is not installed; needed are {string.Join(", ", Needed)}");
        var cluster = new SlurmCluster(nodes);
        try
        {
            await cluster.StartDaemonsAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts a node, also one that was killed, and waits until it is idle.</summary>
    public async Task StartNodeAsync(string node)
    {
        Start("slurmd", ("SLURMD_NODENAME", node), "-D", "-N", node, "-f", Configuration);
        await UntilIdleAsync(node);
    }

    /// <summary>The node loses power: its slurmd, its slurmstepd and its tasks end at once.</summary>
    public void KillNode(string node) => ClusterProcesses.Kill(Mark, $"SLURMD_NODENAME={node}");

    /// <summary>From now on the node cannot start tasks: Slurm drains it at the next attempt.</summary>
    public void BreakNode(string node) => File.WriteAllText(Path.Combine(Folder, $"broken-{node}"), "");

    public async Task RepairNodeAsync(string node)
    {
        File.Delete(Path.Combine(Folder, $"broken-{node}"));
        await RunAsync("scontrol", "update", $"nodename={node}", "state=resume");
        await UntilIdleAsync(node);
    }

    /// <summary>Runs one of Slurm's commands.</summary>
    /// <returns>Its standard output.</returns>
    public async Task<string> RunAsync(string command, params string[] arguments)
    {
        var (code, output, error) = await TryRunAsync(command, arguments);
        return code == 0 ? output : throw new InvalidOperationException($"{command} {string.Join(' ', arguments)}: {error}");
    }

    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= KillAll;
        ClusterProcesses.Kill(Mark);
        foreach (var daemon in _daemons)
        {
            await daemon.WaitForExitAsync();
            daemon.Dispose();
        }

        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Waits for something that happens soon or never.</summary>
    public static async Task UntilAsync(Func<Task<bool>> condition, string what)
    {
        for (var watch = Stopwatch.StartNew(); !await condition(); await Task.Delay(100))
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(40)) throw new TimeoutException($"waited in vain until {what}");
        }
    }

    private Task UntilIdleAsync(string node) =>
        UntilAsync(async () => (await RunAsync("sinfo", "--noheader", $"--nodes={node}", "--format=%T")).Trim() == "idle", $"{node} is idle");

    private async Task StartDaemonsAsync()
    {
        if (OperatingSystem.IsWindows()) throw new PlatformNotSupportedException("Slurm runs on Linux");

        // munged insists: others may pass through its folder, nobody may read its key.
        File.SetUnixFileMode(Folder, File.GetUnixFileMode(Folder) | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        var key = Path.Combine(Folder, "munge.key");
        await File.WriteAllBytesAsync(key, RandomNumberGenerator.GetBytes(128));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        await File.WriteAllTextAsync(Configuration, SlurmConfiguration.Text(Folder, _nodes, FreePorts(_nodes.Count + 1)));
        Directory.CreateDirectory(Path.Combine(Folder, "state"));
        await File.WriteAllTextAsync(Path.Combine(Folder, "prolog"), $"#!/bin/bash\n[ ! -e \"{Folder}/broken-$SLURMD_NODENAME\" ]\n");
        File.SetUnixFileMode(Path.Combine(Folder, "prolog"), UnixFileMode.UserRead | UnixFileMode.UserExecute);

        string In(string name) => Path.Combine(Folder, name);
        Start("munged", null, "--foreground", $"--key-file={key}", $"--socket={In("munge.socket")}", $"--pid-file={In("munge.pid")}",
            $"--log-file={In("munge.log")}", $"--seed-file={In("munge.seed")}", "--num-threads=2");
        await UntilAsync(() => Task.FromResult(File.Exists(In("munge.socket"))), "munged listens");
        Start("slurmctld", null, "-D", "-f", Configuration);
        await UntilAsync(async () => (await TryRunAsync("scontrol", "ping")).Output.Contains("is UP", StringComparison.Ordinal), "slurmctld answers");
        await Task.WhenAll(_nodes.Select(StartNodeAsync));
    }

    private void Start(string command, (string Name, string Value)? variable, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(command)!, arguments) { WorkingDirectory = Folder, RedirectStandardError = true, RedirectStandardOutput = true };
        start.Environment["SLURM_CONF"] = Configuration;
        if (variable is var (name, value)) start.Environment[name] = value;
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _daemons.Add(process);
    }

    private async Task<(int Code, string Output, string Error)> TryRunAsync(string command, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(command)!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["SLURM_CONF"] = Configuration;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, output, await error);
    }

    private void KillAll(object? sender, EventArgs e) => ClusterProcesses.Kill(Mark);

    private static string? Find(string command) =>
        $"{System.Environment.GetEnvironmentVariable("PATH")}:/usr/sbin:/sbin".Split(':').Select(folder => Path.Combine(folder, command)).FirstOrDefault(File.Exists);

    private static int[] FreePorts(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        foreach (var listener in listeners) listener.Start();
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        foreach (var listener in listeners) listener.Dispose();
        return ports;
    }
}
