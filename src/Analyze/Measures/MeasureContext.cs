using Goldilocks.Core;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>
/// All that measures may ask about one checkpoint, computed when first asked for. What a model does not tell throws
/// <see cref="NotMeasurableException"/> with the reason, so a measure simply uses what it needs.
/// </summary>
internal sealed class MeasureContext(Checkpoint checkpoint, TaskCatalog tasks, SessionPool sessions, WitnessFiles? witnesses) : IDisposable
{
    private KnownTask? _task;
    private Embedding? _embedding;
    private ModelOutputs? _outputs;
    private Action? _release;

    public Checkpoint Checkpoint => checkpoint;

    public KnownTask Task => _task ??= tasks.Find(checkpoint.Graph.Metadata);

    public Embedding Embedding => _embedding ??= Embedding.Of(checkpoint.Graph);

    /// <summary>The embedding, if it has a row for each symbol of the task.</summary>
    public Embedding TaskEmbedding => Embedding.Symbols == Task.Samples.Symbols ? Embedding
        : throw new NotMeasurableException($"the embedding has {Embedding.Symbols} rows, the task {Task.Samples.Symbols} symbols");

    public Convention Convention => checkpoint.Graph.Metadata.GetValueOrDefault("convention") switch
    {
        "paper" => Convention.Paper,
        "reference" => Convention.Reference,
        _ => throw new NotMeasurableException("the metadata name no convention, paper or reference"),
    };

    /// <summary>What ONNX Runtime computes for all samples of the task.</summary>
    public ModelOutputs Outputs => _outputs ??= Evaluate();

    /// <summary>The trainer's own outputs; null when no comparison was asked for.</summary>
    public Witness? Witness => witnesses is null ? null
        : checkpoint is { Run: { } run, Step: { } step } ? witnesses.Find(run, step)
        : throw new NotMeasurableException("a model from elsewhere has no witness");

    /// <summary>Gives the evaluator, whose memory holds the outputs, back.</summary>
    public void Dispose() => _release?.Invoke();

    private ModelOutputs Evaluate()
    {
        var samples = Task.Evaluation;
        if (checkpoint.Foreign?.Obstacle is { } obstacle) throw new NotMeasurableException(obstacle);
        try
        {
            var model = sessions.Find(checkpoint.Graph, samples);
            var evaluator = model.Rent(checkpoint.Graph);
            _release = () => model.Return(evaluator);
            return evaluator.Run(checkpoint.Graph);
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"{checkpoint.File.Path}: {e.Message}", ExitCodes.Usage, e);
        }
    }
}
