using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Numerics;
using Goldilocks.Numerics.Generators;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>What the larger models of pairs of symbols have in common: task, split, embedding, optimiser and schedule.</summary>
internal static class PairModel
{
    /// <summary>Initializer that holds the embedding [P, D].</summary>
    public const string Embedding = "embedding.weight";

    /// <summary>More symbols than this: parallelograms are not counted.</summary>
    private const int MostSymbols = 128;

    public static IReadOnlyList<ParameterSpec> Task(long p, double fraction, long trained) =>
    [
        CommonParameters.Seed,
        CommonParameters.Convention,
        new("operation", ParameterKind.Text, "modular_add", "what is learned of all ordered pairs") { Format = $"{string.Join(", ", Operations.Names)} ({Groups.Names})" },
        new("p", ParameterKind.Integer, p, "number of symbols; operations are modulo p") { Minimum = 2, Maximum = 1024 },
        new("train_fraction", ParameterKind.Number, fraction, "fraction of all samples that is trained on, rounded down; the others validate") { Minimum = 0, IsMinimumOpen = true, Maximum = 1 },
        new("always_trained", ParameterKind.Integer, trained, "so many first samples, (0, 0), (0, 1), .., are in the training set in any case") { Minimum = 0, Maximum = 1024 },
        new("batch", ParameterKind.Integer, 0L, "samples per step, an epoch shuffled at a time; 0: all training samples") { Minimum = 0, Maximum = 1024 * 1024 },
    ];

    /// <exception cref="GoldilocksException">Operation, p and training set do not fit.</exception>
    public static SampleSet Samples(RunConfig config)
    {
        try
        {
            return Operations.Parse(config.Text("operation"), config.Integer("p"));
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"operation: {e.Message}", inner: e);
        }
    }

    /// <exception cref="GoldilocksException">As <see cref="Samples"/>; or no sample would be trained on.</exception>
    public static void Check(RunConfig config)
    {
        CommonParameters.CheckThresholds(config, "accuracy_threshold");
        var samples = Samples(config);
        var train = TrainSamples(config, samples);
        if (train < Math.Max(1, config.Integer("always_trained")))
            throw new GoldilocksException($"train_fraction: {config.Number("train_fraction")} of {samples.Count} samples are {train}, fewer than {Math.Max(1, config.Integer("always_trained"))} (always_trained). Choose a larger fraction.");
    }

    /// <summary>Declares inputs and parameters.</summary>
    public static void AddInputs(GraphBuilder graph, SampleSet samples, ParameterDraws draws)
    {
        graph.Input("a", ElementType.Int64, [Dimension.Batch], $"first symbol, 0..{samples.Symbols - 1}");
        graph.Input("b", ElementType.Int64, [Dimension.Batch], $"second symbol, 0..{samples.Symbols - 1}");
        graph.Input("label", ElementType.Int64, [Dimension.Batch], $"class of the result, 0..{samples.Classes - 1}, for training");
        foreach (var (name, tensor) in draws.All) graph.Initializer(name, tensor);
    }

    /// <summary>The experiment that trains a graph; the run's settings say the rest.</summary>
    /// <param name="config">Settings.</param>
    /// <param name="samples">The task.</param>
    /// <param name="graph">See <see cref="Experiment.Graph"/>.</param>
    /// <param name="parameters">Trainable parameters.</param>
    /// <param name="ofEmbedding">Parameters beside the embedding that share its learning rate and weight decay.</param>
    public static Experiment Train(RunConfig config, SampleSet samples, ModelGraph graph, IEnumerable<string> parameters, IReadOnlyList<string> ofEmbedding)
    {
        var (seed, steps) = ((ulong)config.Long("seed"), config.Long("steps"));
        var split = DrawSplit(config, samples, seed);
        var batch = config.Integer("batch") is > 0 and var size ? Math.Min(size, split.Train.Length) : split.Train.Length;
        var convention = Conventions.Parse(config.Text("convention"));
        var recorded = StepSchedule.Curves(steps, config.Integer("record_per_decade"));
        var embeddings = config.Integer("embeddings_per_decade") is > 0 and var perDecade ? StepSchedule.Checkpoints(steps, perDecade) : [0, steps];
        var checkpoints = CommonParameters.CheckpointSteps(config);
        string[] embedding = [Embedding, .. ofEmbedding];
        return new Experiment
        {
            Graph = graph,
            ExportedOutputs = ["logits"],
            Groups =
            [
                new(embedding, new AdamWOptions(config.Number("embedding_lr"), config.Number("embedding_weight_decay"), Beta2: config.Number("beta2"))),
                new([.. parameters.Except(embedding)], new AdamWOptions(config.Number("decoder_lr"), config.Number("decoder_weight_decay"), Beta2: config.Number("beta2"))),
            ],
            Data = new PairData(split),
            Loss = "cross_entropy",
            Batch = batch,
            Batches = batch == split.Train.Length ? new FullBatch() : new EpochBatches(split.Train, batch, seed),
            Steps = steps,
            DropoutSeed = seed,
            EvaluatedSteps = StepSchedule.Union(StepSchedule.Curves(steps, config.Integer("evaluate_per_decade")), recorded, embeddings, checkpoints),
            Embedding = Embedding,
            Convention = convention,
            Quality = samples.IsCommutative && samples.Symbols <= MostSymbols ? new RepresentationQuality(new ParallelogramSet(samples), convention, config.Integer("embedding_dimension")) : null,
            RecordsEffectiveDimension = true,
            Rule = PhaseRule.For(convention) with { Accuracy = config.Number("accuracy_threshold"), Rqi = config.Number("rqi_threshold"), Gap = config.Long("grokking_gap"), StepBudget = steps },
            Timing = new MetricTiming(0, 0, 0),
            Stop = CommonParameters.Stop(config),
            RecordedSteps = recorded,
            EmbeddingSteps = embeddings,
            CheckpointSteps = checkpoints,
        };
    }

    private static int TrainSamples(RunConfig config, SampleSet samples) => (int)(config.Number("train_fraction") * samples.Count);

    private static Split DrawSplit(RunConfig config, SampleSet samples, ulong seed)
    {
        var always = config.Integer("always_trained");
        var others = new CounterRandom(seed, RandomStream.Split).Choice(samples.Count - always, TrainSamples(config, samples) - always);
        return Split.Of(samples, [.. Enumerable.Range(0, always), .. others.Select(sample => sample + always)]);
    }
}
