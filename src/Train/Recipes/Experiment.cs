using Goldilocks.Graph;
using Goldilocks.Graph.Compile;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>Everything a run needs, made by its recipe: initial values, data, optimiser and what to measure.</summary>
public sealed record Experiment
{
    /// <summary>
    /// The training graph: the inputs that <see cref="Data"/> feeds; values <c>logits</c> [B, C], <c>sample_loss</c> [B, 1] and the scalar
    /// <c>loss</c>. Where one vector per sample is decoded, it is the value <c>decoder_input</c> [B, D]. Initializers hold the initial
    /// parameters.
    /// </summary>
    public required ModelGraph Graph { get; init; }

    /// <summary>The outputs that the exported model has.</summary>
    public required IReadOnlyList<string> ExportedOutputs { get; init; }

    /// <summary>The optimiser's groups; together they name every trainable parameter.</summary>
    public required IReadOnlyList<ParameterGroup> Groups { get; init; }

    /// <summary>The samples.</summary>
    public required TaskData Data { get; init; }

    /// <summary>Training and validation pairs.</summary>
    /// <exception cref="InvalidOperationException">The task's samples are no pairs of symbols.</exception>
    public Split Split => (Data as PairData ?? throw new InvalidOperationException($"{Data.Task} has no pairs.")).Split;

    /// <summary>mse or cross_entropy, for descriptions.</summary>
    public required string Loss { get; init; }

    /// <summary>Samples per step, at most the number of training samples.</summary>
    public required int Batch { get; init; }

    public required IBatchOrder Batches { get; init; }

    /// <summary>Optimiser updates.</summary>
    public required long Steps { get; init; }

    /// <summary>Key of the dropout masks.</summary>
    public ulong DropoutSeed { get; init; }

    /// <summary>
    /// States that are evaluated, ascending, the first, the last and every recorded one among them: thresholds are known to this grid. Null: every state, in
    /// the forward pass that trains.
    /// </summary>
    public long[]? EvaluatedSteps { get; init; }

    /// <summary>Initializer that holds the embedding [P, D]; null for a model without one.</summary>
    public string? Embedding { get; init; }

    public required Convention Convention { get; init; }

    /// <summary>Measures the embedding, by <see cref="Convention"/>; null where parallelograms mean nothing. For one thread at a time.</summary>
    public IRepresentationQuality? Quality { get; init; }

    /// <summary>Whether curves have the effective dimension of the embedding.</summary>
    public bool RecordsEffectiveDimension { get; init; }

    /// <summary>Thresholds of the phases.</summary>
    public required PhaseRule Rule { get; init; }

    /// <summary>
    /// Which state the accuracies and the RQI of "step t" are taken from: 0 for the parameters before the update of step t, 1 after it.
    /// The losses of step t are always those before its update.
    /// </summary>
    public required MetricTiming Timing { get; init; }

    /// <summary>When the run may end before <see cref="Steps"/>.</summary>
    public required StopRule Stop { get; init; }

    /// <summary>Steps at which curves are recorded, ascending; the run's last state is recorded in any case.</summary>
    public required long[] RecordedSteps { get; init; }

    /// <summary>Steps at which the embedding is recorded, ascending; the run's last state is recorded in any case.</summary>
    public required long[] EmbeddingSteps { get; init; }

    /// <summary>Steps at which checkpoints are written, ascending; empty for none at all. With any, the run's last state is one too.</summary>
    public required long[] CheckpointSteps { get; init; }

    /// <summary>η of the embedding.</summary>
    public double EmbeddingLearningRate => Groups.Single(group => group.Parameters.Contains(Embedding!)).Options.LearningRate;

    /// <summary>The exported part of the graph.</summary>
    public ModelGraph Model => Graph.WithoutDropout().Extract(ExportedOutputs);
}

/// <summary>Updates between the start of step t and the state whose value is called that of step t.</summary>
public sealed record MetricTiming(int TrainAccuracy, int ValidationAccuracy, int Rqi);
