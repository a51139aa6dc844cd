using Goldilocks.Core;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>
/// All that measures may ask about one checkpoint, computed when first asked for. What a model does not tell throws
/// <see cref="NotMeasurableException"/> with the reason, so a measure simply uses what it needs.
/// </summary>
internal sealed class MeasureContext(Checkpoint checkpoint, RunCursor cursor, TaskCatalog tasks, SessionPool sessions, WitnessFiles? witnesses) : IDisposable
{
    private KnownTask? _task;
    private Embedding? _embedding;
    private ModelOutputs? _outputs;
    private Evaluator? _evaluator;
    private Action? _release;
    private SumLogits? _sumLogits;
    private (int Frequency, double Share)[]? _unitFrequencies;
    private float[]? _unitResponses;
    private OutputLayer? _outputLayer;

    public Checkpoint Checkpoint => checkpoint;

    /// <summary>The first and the last checkpoint of the same run.</summary>
    public RunReference Run => cursor.Run;

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

    /// <summary>The last hidden layer for all samples of the task.</summary>
    public HiddenActivations Hidden => Outputs.Hidden;

    /// <summary>P, if all ordered pairs of P symbols are added modulo P: what accounts by frequencies are about.</summary>
    public int Modulus => Task.Samples is { Operation: "modular_add", Ordered: true } samples ? samples.Symbols
        : throw new NotMeasurableException("frequencies of sums are defined for addition modulo p over all ordered pairs");

    /// <summary>The logits as functions of a + b - c.</summary>
    public SumLogits SumLogits => _sumLogits ??= new SumLogits(Outputs.Logits.Values, Modulus);

    /// <summary>
    /// Each hidden unit's leading frequency and its share of the unit's variance. Of units that square their input it is that of the input: a square has twice
    /// the frequency beside its own.
    /// </summary>
    public (int Frequency, double Share)[] UnitFrequencies => _unitFrequencies ??= Theory.UnitFrequencies.Of(Hidden.Layer.IsSquare ? Hidden.Before : Hidden.After, Hidden.Units, Modulus);

    /// <summary>
    /// Each hidden unit's mean response, before its activation, to a symbol: [2·units, P], all units for the first symbol of a pair, then all for the second.
    /// With inputs that are one-hot vectors these are the unit's weights up to a constant.
    /// </summary>
    public float[] UnitResponses => _unitResponses ??= Theory.UnitResponses.Of(Hidden.Before, Hidden.Units, Modulus);

    /// <summary>The linear layer that gives the logits.</summary>
    public OutputLayer OutputLayer => _outputLayer ??= OutputLayer.Of(checkpoint.Graph);

    /// <summary>Whether the run has a checkpoint before this one.</summary>
    public bool HasPrevious => cursor.Previous is not null;

    /// <summary>Hidden activations of the checkpoint before, [samples, units].</summary>
    public float[] PreviousFeatures => cursor.PreviousFeatures ?? EvaluatePrevious();

    /// <summary>The trainer's own outputs; null when no comparison was asked for.</summary>
    public Witness? Witness => witnesses is null ? null
        : checkpoint is { Run: { } run, Step: { } step } ? witnesses.Find(run, step)
        : throw new NotMeasurableException("a model from elsewhere has no witness");

    /// <summary>Outputs with hidden units multiplied by a factor each; <see cref="Outputs"/> must be evaluated again afterwards, by <see cref="Unmask"/>.</summary>
    public ModelOutputs Masked(ReadOnlySpan<float> mask)
    {
        _ = Hidden;
        return _evaluator!.RunMasked(mask);
    }

    /// <summary>Ends what <see cref="Masked"/> began: the memory of <see cref="Outputs"/> again holds those of the model as it is.</summary>
    public void Unmask() => _outputs = _evaluator!.Run(checkpoint.Graph);

    /// <summary>Gives the evaluator, whose memory holds the outputs, back.</summary>
    public void Dispose() => _release?.Invoke();

    private ModelOutputs Evaluate()
    {
        var samples = Task.Evaluation;
        if (checkpoint.Foreign?.Obstacle is { } obstacle) throw new NotMeasurableException(obstacle);
        try
        {
            var model = sessions.Find(checkpoint.Graph, samples);
            _evaluator = model.Rent(checkpoint.Graph);
            _release = () => model.Return(_evaluator);
            return _evaluator.Run(checkpoint.Graph);
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"{checkpoint.File.Path}: {e.Message}", ExitCodes.Usage, e);
        }
    }

    private float[] EvaluatePrevious()
    {
        if (cursor.Previous is not { } file) throw new NotMeasurableException("the run's first checkpoint has none before it");
        try
        {
            using var context = new MeasureContext(Checkpoint.Read(file), new RunCursor(cursor.Run, null, null), tasks, sessions, witnesses: null);
            return (float[])context.Hidden.After.Clone();
        }
        catch (GoldilocksException)
        {
            throw new NotMeasurableException("the checkpoint before cannot be read or run");
        }
    }
}
