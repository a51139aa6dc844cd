using System.Text.Json.Nodes;

namespace Goldilocks.Pipeline;

/// <summary>What a stage is given to work with.</summary>
internal sealed record StageContext
{
    public required string Pipeline { get; init; }

    /// <summary>The command line that runs the pipeline with this configuration.</summary>
    public required string Command { get; init; }

    /// <summary>What <see cref="IStage.Resolve"/> returned.</summary>
    public required JsonObject Configuration { get; init; }

    /// <summary>Absolute folder of each of <see cref="IStage.Inputs"/> and of those <see cref="IStage.OptionalInputs"/> that the pipeline has, complete and unchanging while the stage runs.</summary>
    public required IReadOnlyDictionary<string, string> InputFolders { get; init; }

    /// <summary>Absolute; exists.</summary>
    public required string OutputFolder { get; init; }

    /// <summary>Threads the stage may use; results must not depend on it.</summary>
    public required int Jobs { get; init; }

    /// <summary>Who trains the runs of a sweep.</summary>
    public required IExecutor Executor { get; init; }

    /// <summary>Number of shards that a sweep is cut into; null leaves it to the sweep. Results must not depend on it.</summary>
    public required int? Shards { get; init; }

    /// <summary>Tells the user something in one line; from any thread.</summary>
    public required Action<string> Note { get; init; }

    /// <summary>True when the folder holds partial work of the same key.</summary>
    public required bool Resuming { get; init; }

    /// <summary>May be reported to from any thread, as often as is convenient.</summary>
    public required IProgress<StageProgress> Progress { get; init; }

    /// <summary>When it fires: save what is needed to resume, then throw <see cref="OperationCanceledException"/>.</summary>
    public required CancellationToken Cancellation { get; init; }
}
