using System.Diagnostics;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>Runs one stage in its folder: clears or keeps what is there, runs, hashes, and writes the manifest last. The caller holds the lock.</summary>
internal sealed class StageExecutor(IDisplay display, RunOptions options)
{
    /// <param name="stage">What to run.</param>
    /// <param name="state">Why; its key is known.</param>
    /// <param name="inputs">The stages it reads.</param>
    /// <param name="inputHashes">Their output hashes.</param>
    /// <param name="cancellation">Interrupts; the partial work stays for the next run.</param>
    /// <exception cref="OperationCanceledException">Interrupted.</exception>
    public Manifest Run(
        PlannedStage stage, StageState state, IEnumerable<PlannedStage> inputs, IReadOnlyDictionary<string, string> inputHashes, CancellationToken cancellation)
    {
        var folder = new StageFolder(stage.Folder);
        var started = DateTimeOffset.UtcNow;
        var watch = Stopwatch.StartNew();
        var resuming = folder.Prepare(state.Key!, afresh: options.Force);
        var summary = display.Track($"  {stage.Name}", progress => stage.Stage.Run(new StageContext
        {
            Pipeline = stage.Pipeline,
            Command = stage.Command,
            Configuration = stage.Configuration,
            InputFolders = inputs.ToDictionary(input => input.Name, input => input.Folder, StringComparer.Ordinal),
            OutputFolder = stage.Folder,
            Jobs = options.Jobs,
            Executor = options.Executor,
            Shards = options.Shards,
            Note = text => display.Line($"    {text}"),
            Resuming = resuming,
            Progress = progress,
            Cancellation = cancellation,
        }));
        var manifest = new Manifest
        {
            Stage = stage.Name,
            FormatVersion = stage.Stage.FormatVersion,
            Configuration = stage.Configuration,
            Inputs = inputHashes,
            Outputs = folder.HashOutputs(stage.Stage.VolatileOutputs, cancellation),
            Summary = summary,
            Started = started,
            Duration = watch.Elapsed,
            Jobs = options.Jobs,
            Machine = MachineInfo.Current(),
        };
        folder.Finish(manifest);
        return manifest;
    }

    /// <summary>Keeps the details of an unexpected failure beside the partial work.</summary>
    /// <returns>The path of the log, or null when it could not be written.</returns>
    public static string? WriteErrorLog(PlannedStage stage, Exception exception)
    {
        var path = Path.Combine(stage.Folder, StageFolder.ErrorLogName);
        try
        {
            File.WriteAllText(path, $"{DateTimeOffset.UtcNow:O} {stage.Pipeline}/{stage.Name}, version {MachineInfo.Current().CodeVersion}\n{exception}\n");
            return path;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
