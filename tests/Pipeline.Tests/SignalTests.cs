using System.Diagnostics;

namespace Goldilocks.Pipeline.Tests;

/// <summary>Real signals to a real process.</summary>
public sealed class SignalTests : IDisposable
{
    private readonly Bench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Theory]
    [InlineData("INT", 130)]
    [InlineData("TERM", 75)]
    [InlineData("KILL", 137)]
    public async Task An_interrupted_stage_leaves_no_manifest_and_resumes(string signal, int expectedCode)
    {
        if (OperatingSystem.IsWindows()) return;
        using var child = StartChild();
        await WaitForPartialWork(child);

        // Meanwhile a second run is told who is at work, and changes nothing.
        var (code, _, error) = _bench.Run("run");
        Assert.Equal(2, code);
        Assert.Equal($"error: quickstart/train: {_bench.PathOf("quickstart", "train")} is in use by process {child.Id} on {Environment.MachineName}. "
            + "Wait for it to end, or choose another folder with --artifacts DIR.", error.Trim());

        using (var kill = Process.Start("kill", [$"-{signal}", $"{child.Id}"])) await kill.WaitForExitAsync();
        var output = await child.StandardOutput.ReadToEndAsync();
        var errors = await child.StandardError.ReadToEndAsync();
        await child.WaitForExitAsync();
        Assert.Equal(expectedCode, child.ExitCode);
        if (signal != "KILL")
        {
            Assert.Contains("train: interrupted after", output, StringComparison.Ordinal);
            Assert.EndsWith("interrupted: finished work is kept; the same command resumes.\n", errors, StringComparison.Ordinal);
        }

        Assert.False(File.Exists(_bench.PathOf("quickstart", "train", "manifest.json")));
        Assert.Equal("begun\n", File.ReadAllText(_bench.PathOf("quickstart", "train", "partial.txt")));
        Assert.Contains("train: would run: no manifest (interrupted), resuming", _bench.Run("status").Output, StringComparison.Ordinal);

        Assert.Equal(0, _bench.Run("run").Code);
        Assert.True(_bench.Train.Last!.Resuming);
        Assert.True(File.Exists(_bench.PathOf("quickstart", "train", "partial.txt")));
    }

    private Process StartChild() => Process.Start(new ProcessStartInfo("dotnet", [typeof(SignalTests).Assembly.Location, "run", "--file", _bench.YamlPath])
    {
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;

    private async Task WaitForPartialWork(Process child)
    {
        var path = _bench.PathOf("quickstart", "train", "partial.txt");
        for (var i = 0; i < 600 && !(File.Exists(path) && new FileInfo(path).Length > 0); i++)
        {
            Assert.False(child.HasExited, "the child ended early");
            await Task.Delay(50);
        }
    }
}
