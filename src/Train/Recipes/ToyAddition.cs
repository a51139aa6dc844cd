using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Numerics;
using Goldilocks.Numerics.Generators;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>
/// The paper's toy model (§2): symbols a, b are embedded, the embeddings added, and a tanh MLP decodes the sum into a fixed random target
/// vector (regression) or class scores (classification) of a + b.
/// </summary>
public sealed class ToyAddition : Recipe
{
    public override string Name => "toy-addition";

    public override string Doc => "addition of two symbols: decoder(E[a] + E[b]), the paper's toy model (section 2)";

    public override IReadOnlyList<ParameterSpec> Parameters { get; } =
    [
        new("seed", ParameterKind.Integer, 0L, "seed of all random draws") { Minimum = 0, Maximum = uint.MaxValue },
        new("rng", ParameterKind.Text, "counter", "counter: independent streams by purpose; reference: MT19937 in the reference code's draw order, for replays") { Choices = ["counter", "reference"] },
        new("convention", ParameterKind.Text, "paper", "whose definitions hold where the paper and its authors' code differ") { Choices = ["paper", "reference"] },
        new("loss", ParameterKind.Text, "mse", "mse: regression onto random targets; cross_entropy: classification") { Choices = ["mse", "cross_entropy"] },
        new("p", ParameterKind.Integer, 10L, "number of symbols") { Minimum = 2, Maximum = 1024 },
        new("train_samples", ParameterKind.Integer, 45L, "training samples out of p(p+1)/2; the others validate") { Minimum = 1, Maximum = 1024 * 1025 / 2 },
        new("batch", ParameterKind.Integer, 45L, "samples per step, drawn without replacement; at most train_samples are used") { Minimum = 1, Maximum = 1024 * 1025 / 2 },
        new("steps", ParameterKind.Integer, 5000L, "optimiser updates") { Minimum = 0, Maximum = 1_000_000_000 },
        new("stop", ParameterKind.Text, "never", "never: run all steps; thresholds: stop once train accuracy, validation accuracy and RQI have all been reached") { Choices = ["never", "thresholds"] },
        new("embedding_dimension", ParameterKind.Integer, 1L, "D, dimension of the embedding") { Minimum = 1, Maximum = 1024 },
        new("embedding_scale", ParameterKind.Number, 1.0, "s: initial embeddings are uniform in [-s/2, s/2]") { Minimum = 0, Maximum = 1e6 },
        new("width", ParameterKind.Integer, 200L, "H, hidden units per layer of the decoder") { Minimum = 1, Maximum = 8192 },
        new("depth", ParameterKind.Integer, 2L, "hidden layers of the decoder") { Minimum = 1, Maximum = 16 },
        new("output_dimension", ParameterKind.Integer, 30L, "dimension of the random targets (mse only)") { Minimum = 1, Maximum = 4096 },
        new("embedding_lr", ParameterKind.Number, 1e-3, "learning rate of the embedding") { Minimum = 0, Maximum = 100 },
        new("embedding_weight_decay", ParameterKind.Number, 0.0, "decoupled weight decay of the embedding") { Minimum = 0, Maximum = 1e6 },
        new("decoder_lr", ParameterKind.Number, 1e-4, "learning rate of the decoder") { Minimum = 0, Maximum = 100 },
        new("decoder_weight_decay", ParameterKind.Number, 0.0, "decoupled weight decay of the decoder, biases included") { Minimum = 0, Maximum = 1e6 },
        new("checkpoints_per_decade", ParameterKind.Integer, 10L, "checkpoints per factor of ten in steps, besides the first and the last; 0 for none at all") { Minimum = 0, Maximum = 1000 },
    ];

    public override Experiment Create(RunConfig config)
    {
        var samples = SampleSet.Addition(config.Integer("p"));
        var convention = Conventions.Parse(config.Text("convention"));
        var trainSamples = config.Integer("train_samples");
        var batch = Math.Min(config.Integer("batch"), trainSamples);
        var draws = config.Text("rng") == "reference" ? Draws.Reference(config, samples, trainSamples) : Draws.Counter(config, samples, trainSamples, batch);
        var parameters = draws.Decoder.Select(parameter => parameter.Key).ToArray();
        return new Experiment
        {
            Graph = BuildGraph(config, samples, draws),
            ExportedOutputs = config.Text("loss") == "mse" ? ["output", "logits"] : ["logits"],
            Groups =
            [
                new(["embedding.weight"], new AdamWOptions(config.Number("embedding_lr"), config.Number("embedding_weight_decay"))),
                new(parameters, new AdamWOptions(config.Number("decoder_lr"), config.Number("decoder_weight_decay"))),
            ],
            Split = draws.Split,
            Batch = batch,
            Batches = draws.Batches,
            Steps = config.Long("steps"),
            Embedding = "embedding.weight",
            Convention = convention,
            Rule = PhaseRule.For(convention),
            Timing = convention == Convention.Reference ? new MetricTiming(TrainAccuracy: 1, ValidationAccuracy: 0, Rqi: 1) : new MetricTiming(0, 0, 0),
            StopAtThresholds = config.Text("stop") == "thresholds",
            CheckpointsPerDecade = config.Integer("checkpoints_per_decade"),
        };
    }

    protected override void Check(SortedDictionary<string, object> values)
    {
        var p = (long)values["p"];
        var samples = p * (p + 1) / 2;
        if ((long)values["train_samples"] > samples)
            throw new GoldilocksException($"train_samples: {values["train_samples"]} training samples do not fit; p = {p} has {samples} samples. Choose 1 to {samples}, or a larger p.");
    }

    private static ModelGraph BuildGraph(RunConfig config, SampleSet samples, Draws draws)
    {
        var regression = config.Text("loss") == "mse";
        var p = samples.Symbols;
        var graph = new GraphBuilder("toy-addition", $"Adds two of {p} symbols: the embeddings of a and b are added and decoded by a tanh MLP into {(regression ? "the random target vector" : "class scores")} of a + b.");
        graph.Input("a", ElementType.Int64, [Dimension.Batch], $"first symbol, 0..{p - 1}");
        graph.Input("b", ElementType.Int64, [Dimension.Batch], $"second symbol, 0..{p - 1}");
        graph.Input("label", ElementType.Int64, [Dimension.Batch], "a + b, for training");
        graph.Initializer("embedding.weight", draws.Embedding);
        foreach (var (name, tensor) in draws.Decoder) graph.Initializer(name, tensor);

        var embeddingA = graph.Apply("Gather", "embedding_a", ["embedding.weight", "a"], nodeDoc: "E[a]");
        var embeddingB = graph.Apply("Gather", "embedding_b", ["embedding.weight", "b"], nodeDoc: "E[b]");
        var hidden = graph.Apply("Add", "embedding_sum", [embeddingA, embeddingB], nodeDoc: "E[a] + E[b]");
        var depth = config.Integer("depth");
        for (var layer = 0; layer < depth; layer++)
        {
            var linear = graph.Linear($"hidden_{layer + 1}_linear", hidden, $"decoder.{2 * layer}.weight", $"decoder.{2 * layer}.bias");
            hidden = graph.Apply("Tanh", $"hidden_{layer + 1}", [linear]);
        }

        var last = regression ? "output" : "logits";
        graph.Linear(last, hidden, $"decoder.{2 * depth}.weight", $"decoder.{2 * depth}.bias");
        if (regression) AddRegression(graph, draws.Targets!);
        else AddClassification(graph, samples.Classes);
        graph.Apply("ReduceMean", "loss", ["sample_loss"], nodeDoc: "mean over the batch");

        if (regression) graph.Output("output", "the decoder's output, to be compared with the target vectors");
        graph.Output("logits", regression ? "class scores: y·t − |t|²/2 for each target t, largest for the nearest one" : "class scores");
        graph.Output("sample_loss", "loss of each sample");
        graph.Output("loss", "the loss that is minimised");
        return graph.Build();
    }

    /// <summary>Mean square error, and the nearest target as the largest of y·t − |t|²/2.</summary>
    private static void AddRegression(GraphBuilder graph, Tensor targets)
    {
        var (classes, outputs) = ((int)targets.Shape[0], (int)targets.Shape[1]);
        var values = targets.AsFloats();
        var offsets = new float[classes];
        for (var c = 0; c < classes; c++)
        {
            var square = 0.0;
            foreach (var value in values.Slice(c * outputs, outputs)) square += (double)value * value;
            offsets[c] = (float)(-square / 2);
        }

        graph.Initializer("targets", targets);
        graph.Initializer("target_offsets", Tensor.Of(offsets, classes));
        graph.Initializer("last_axis", Tensor.Of([1L], 1));
        graph.Linear("logits", "output", "targets", "target_offsets", "nearest target = arg max");
        graph.Apply("Gather", "target", ["targets", "label"]);
        graph.Apply("Sub", "error", ["output", "target"]);
        graph.Apply("Mul", "squared_error", ["error", "error"]);
        graph.Apply("ReduceMean", "sample_loss", ["squared_error", "last_axis"]);
    }

    /// <summary>Cross-entropy against the one-hot label.</summary>
    private static void AddClassification(GraphBuilder graph, int classes)
    {
        var identity = new float[classes * classes];
        for (var c = 0; c < classes; c++) identity[(c * classes) + c] = 1;
        graph.Initializer("one_hot", Tensor.Of(identity, classes, classes));
        graph.Initializer("last_axis", Tensor.Of([1L], 1));
        graph.Apply("LogSoftmax", "log_probabilities", ["logits"]);
        graph.Apply("Gather", "target", ["one_hot", "label"]);
        graph.Apply("Mul", "target_log_probabilities", ["log_probabilities", "target"]);
        graph.Apply("ReduceSum", "target_log_probability", ["target_log_probabilities", "last_axis"]);
        graph.Apply("Neg", "sample_loss", ["target_log_probability"]);
    }

    /// <summary>All random draws of a run.</summary>
    private sealed record Draws(
        Tensor Embedding, IReadOnlyList<KeyValuePair<string, Tensor>> Decoder, Tensor? Targets, Split Split, IBatchOrder Batches)
    {
        /// <summary>Independent streams by purpose.</summary>
        public static Draws Counter(RunConfig config, SampleSet samples, int trainSamples, int batch)
        {
            var seed = (ulong)config.Long("seed");
            var split = Split.Counter(samples, trainSamples, seed);
            var embedding = new CounterRandom(seed, RandomStream.Embedding);
            var decoder = new CounterRandom(seed, RandomStream.Decoder);
            var targets = new CounterRandom(seed, RandomStream.Targets);
            return new Draws(
                EmbeddingOf(config, _ => embedding.NextSingle()),
                DecoderOf(config, samples, (weight, bias) =>
                {
                    var bound = (float)(1 / Math.Sqrt((double)weight.Length / bias.Length));
                    decoder.FillUniform(weight, -bound, bound);
                    decoder.FillUniform(bias, -bound, bound);
                }),
                TargetsOf(config, samples, targets.FillNormal),
                split,
                batch == trainSamples ? new FullBatch() : new CounterBatches(split.Train, batch, seed));
        }

        /// <summary>The draw order of the reference code: NumPy draws targets, split and batches; PyTorch draws embedding and decoder.</summary>
        public static Draws Reference(RunConfig config, SampleSet samples, int trainSamples)
        {
            var numpy = new NumpyLegacyRandom((uint)config.Long("seed"));
            var torch = new TorchCpuRandom((uint)config.Long("seed"));
            var targets = TargetsOf(config, samples, numpy.FillNormal);
            if (targets is null) numpy.FillNormal(new double[samples.Classes * samples.Classes]);
            var split = Split.Numpy(samples, trainSamples, numpy);
            return new Draws(
                EmbeddingOf(config, _ => torch.NextSingle()),
                DecoderOf(config, samples, torch.FillLinear),
                targets,
                split,
                new NumpyBatches(split.Train, numpy));
        }

        private static Tensor EmbeddingOf(RunConfig config, Func<int, float> uniform)
        {
            var (p, d, scale) = (config.Integer("p"), config.Integer("embedding_dimension"), (float)config.Number("embedding_scale"));
            return Tensor.Of([.. Enumerable.Range(0, p * d).Select(i => (uniform(i) - 0.5f) * scale)], p, d);
        }

        private static KeyValuePair<string, Tensor>[] DecoderOf(RunConfig config, SampleSet samples, LinearInitialiser initialise)
        {
            var depth = config.Integer("depth");
            var outputs = config.Text("loss") == "mse" ? config.Integer("output_dimension") : samples.Classes;
            int[] sizes = [config.Integer("embedding_dimension"), .. Enumerable.Repeat(config.Integer("width"), depth), outputs];
            var parameters = new List<KeyValuePair<string, Tensor>>();
            for (var layer = 0; layer <= depth; layer++)
            {
                var weight = new float[sizes[layer + 1] * sizes[layer]];
                var bias = new float[sizes[layer + 1]];
                initialise(weight, bias);
                parameters.Add(new($"decoder.{2 * layer}.weight", Tensor.Of(weight, sizes[layer + 1], sizes[layer])));
                parameters.Add(new($"decoder.{2 * layer}.bias", Tensor.Of(bias, sizes[layer + 1])));
            }

            return [.. parameters];
        }

        /// <summary>C × 30 normal values, or null for classification.</summary>
        private static Tensor? TargetsOf(RunConfig config, SampleSet samples, NormalFiller fill)
        {
            if (config.Text("loss") != "mse") return null;
            var outputs = config.Integer("output_dimension");
            var values = new double[samples.Classes * outputs];
            fill(values);
            return Tensor.Of([.. values.Select(value => (float)value)], samples.Classes, outputs);
        }

        private delegate void LinearInitialiser(Span<float> weight, Span<float> bias);

        private delegate void NormalFiller(Span<double> destination);
    }
}
