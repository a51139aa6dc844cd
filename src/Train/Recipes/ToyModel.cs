using Goldilocks.Graph;
using Goldilocks.Numerics;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>What the toy recipes have in common: an embedding per symbol, and an MLP that decodes what a recipe makes of two of them.</summary>
/// <param name="Config">The run's settings.</param>
/// <param name="Samples">The task.</param>
/// <param name="EmbeddingSize">Values per symbol.</param>
/// <param name="Targets">What the outputs are drawn towards.</param>
internal sealed record ToyModel(RunConfig Config, SampleSet Samples, int EmbeddingSize, ToyTargets Targets)
{
    private const string Embedding = "embedding.weight";

    public int TrainSamples => Config.Integer("train_samples");

    public int Batch => Math.Min(Config.Integer("batch"), TrainSamples);

    /// <summary>Outputs of the decoder.</summary>
    public int Outputs => Targets == ToyTargets.Random ? Config.Integer("output_dimension") : Samples.Classes;

    public Convention Convention => Conventions.Parse(Config.Text("convention"));

    /// <summary>Declares inputs and parameters and looks the two symbols up: values <c>embedding_a</c> and <c>embedding_b</c>, both [B, <see cref="EmbeddingSize"/>].</summary>
    /// <param name="graph">An empty graph.</param>
    /// <param name="draws">Initial values.</param>
    /// <param name="result">What is to be learned, in words.</param>
    public void AddEmbeddings(GraphBuilder graph, ToyDraws draws, string result)
    {
        graph.Input("a", ElementType.Int64, [Dimension.Batch], $"first symbol, 0..{Samples.Symbols - 1}");
        graph.Input("b", ElementType.Int64, [Dimension.Batch], $"second symbol, 0..{Samples.Symbols - 1}");
        graph.Input("label", ElementType.Int64, [Dimension.Batch], $"{result}, for training");
        graph.Initializer(Embedding, draws.Embedding);
        foreach (var (name, tensor) in draws.Decoder) graph.Initializer(name, tensor);
        graph.Apply("Gather", "embedding_a", [Embedding, "a"], nodeDoc: "E[a]");
        graph.Apply("Gather", "embedding_b", [Embedding, "b"], nodeDoc: "E[b]");
    }

    /// <summary>The experiment that trains a graph; the run's settings say the rest.</summary>
    /// <param name="graph">See <see cref="Experiment.Graph"/>.</param>
    /// <param name="draws">What the run starts from.</param>
    /// <param name="quality">Measures the embedding.</param>
    /// <param name="referenceTiming">What the authors' program means by "step t".</param>
    public Experiment Train(ModelGraph graph, ToyDraws draws, IRepresentationQuality quality, MetricTiming referenceTiming)
    {
        var steps = Config.Long("steps");
        var recorded = StepSchedule.Curves(steps, Config.Integer("record_per_decade"));
        return new Experiment
        {
            Graph = graph,
            ExportedOutputs = Targets == ToyTargets.None ? ["logits"] : ["output", "logits"],
            Groups =
            [
                new([Embedding], new AdamWOptions(Config.Number("embedding_lr"), Config.Number("embedding_weight_decay"))),
                new([.. draws.Decoder.Select(parameter => parameter.Key)], new AdamWOptions(Config.Number("decoder_lr"), Config.Number("decoder_weight_decay"))),
            ],
            Data = new PairData(draws.Split),
            Loss = Config.Text("loss"),
            Batch = Batch,
            Batches = draws.Batches,
            Steps = steps,
            Embedding = Embedding,
            Convention = Convention,
            Quality = quality,
            Rule = PhaseRule.For(Convention) with
            {
                Accuracy = Config.Number("accuracy_threshold"),
                Rqi = Config.Number("rqi_threshold"),
                Gap = Config.Long("grokking_gap"),
                StepBudget = steps,
            },
            Timing = Convention == Convention.Reference ? referenceTiming : new MetricTiming(0, 0, 0),
            Stop = CommonParameters.Stop(Config),
            RecordedSteps = recorded,
            EmbeddingSteps = recorded,
            CheckpointSteps = CommonParameters.CheckpointSteps(Config),
        };
    }
}
