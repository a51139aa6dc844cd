using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>Trains runs into a folder in one go: plan, train, put together.</summary>
public static class TrainStage
{
    /// <summary>
    /// Trains <paramref name="configs"/>, <paramref name="jobs"/> at a time. The output does not depend on the number of jobs nor on interruptions;
    /// what an earlier call left unfinished is continued.
    /// </summary>
    /// <param name="configs">Runs of one recipe, each different.</param>
    /// <param name="folder">Output folder.</param>
    /// <param name="jobs">Runs at a time, at least 1.</param>
    /// <param name="progress">Told now and then, from any thread.</param>
    /// <param name="cancellation">When it fires, states are saved and <see cref="OperationCanceledException"/> is thrown.</param>
    /// <returns>The records, in the order of <paramref name="configs"/>, without curves and embeddings.</returns>
    /// <exception cref="GoldilocksException">A run broke, or the folder cannot be written.</exception>
    public static IReadOnlyList<RunRecord> Run(
        IReadOnlyList<RunConfig> configs, string folder, int jobs, IProgress<TrainProgress>? progress, CancellationToken cancellation)
    {
        var sweep = TrainSweep.Open(configs, [], folder);
        sweep.Train(jobs, stopAtFailure: false, progress, cancellation);
        var result = sweep.Merge(cancellation);
        if (result.Failures.Count > 0) throw result.Error();
        Directory.Delete(Path.Combine(folder, SweepPlan.FolderName), recursive: true);
        return result.Records;
    }
}
