using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

/// <summary>
/// The second process of <see cref="SignalTests"/>, a pipeline whose stage saves some work and then waits to be interrupted, and of <see cref="WatchTests"/>,
/// which trains in earnest.
/// </summary>
internal static class Program
{
    private static async Task<int> Main(string[] arguments)
    {
        if (arguments[0] == "watch") return await CommandHost.RunAsync(RootCommandBuilder.Create([new TrainAdapter()], []), arguments);
        var train = new FakeStage("train")
        {
            Work = context =>
            {
                File.AppendAllText(Path.Combine(context.OutputFolder, "partial.txt"), context.Resuming ? "resumed\n" : "begun\n");
                context.Cancellation.WaitHandle.WaitOne(TimeSpan.FromMinutes(1));
                context.Cancellation.ThrowIfCancellationRequested();
            },
        };
        return await CommandHost.RunAsync(RootCommandBuilder.Create([train, new FakeStage("export", "train"), new FakeStage("report", "train", "export")], []), arguments);
    }
}
