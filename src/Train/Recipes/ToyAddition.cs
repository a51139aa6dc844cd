using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Numerics;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>
/// The paper's toy model (§2): symbols a, b are embedded, the embeddings added, and a tanh MLP decodes the sum into the target vector of a + b, random
/// or one-hot (regression), or into class scores (classification). With addition modulo p, the mean of the embeddings and one-hot targets it is the
/// model of Figure 2.
/// </summary>
public sealed class ToyAddition : Recipe
{
    public override string Name => "toy-addition";

    public override string Doc => "addition of two symbols, plain or modulo p: decoder(E[a] + E[b]), the paper's toy model (section 2)";

    public override IReadOnlyList<ParameterSpec> Parameters { get; } =
    [
        new("seed", ParameterKind.Integer, 0L, "seed of all random draws") { Minimum = 0, Maximum = uint.MaxValue },
        new("rng", ParameterKind.Text, "counter", "counter: independent streams by purpose; reference: MT19937 in the reference code's draw order, for replays") { Choices = ["counter", "reference"] },
        new("program", ParameterKind.Text, "toy", "which of the authors' programs a reference convention or rng means; toy: Figures 3 and 4; phase_diagram: Figure 6, which draws in another order, takes validation accuracy after the update and divides the cross-entropy by the number of classes") { Choices = ["toy", "phase_diagram"] },
        new("convention", ParameterKind.Text, "paper", "whose definitions hold where the paper and its authors' code differ") { Choices = ["paper", "reference"] },
        new("loss", ParameterKind.Text, "mse", "mse: regression onto target vectors; cross_entropy: classification") { Choices = ["mse", "cross_entropy"] },
        new("targets", ParameterKind.Text, "random", "target vectors (mse only); random: normal values, fixed; one_hot: 1 in the class's own place, one output per class") { Choices = ["random", "one_hot"] },
        new("operation", ParameterKind.Text, "add", "add: a + b, 2p-1 classes; modular_add: (a + b) mod p, p classes") { Choices = ["add", "modular_add"] },
        new("pairs", ParameterKind.Text, "unordered", "unordered: p(p+1)/2 samples; ordered: (a, b) and (b, a) are two of p^2 samples") { Choices = ["unordered", "ordered"] },
        new("p", ParameterKind.Integer, 10L, "number of symbols") { Minimum = 2, Maximum = 1024 },
        new("train_samples", ParameterKind.Integer, 45L, "training samples; the others validate") { Minimum = 1, Maximum = 1024 * 1024 },
        new("batch", ParameterKind.Integer, 45L, "samples per step, drawn without replacement; at most train_samples are used") { Minimum = 1, Maximum = 1024 * 1024 },
        new("steps", ParameterKind.Integer, 5000L, "optimiser updates") { Minimum = 0, Maximum = 1_000_000_000 },
        new("stop", ParameterKind.Text, "never", "never: run all steps; thresholds: stop once train accuracy, validation accuracy and RQI have all been reached; rqi: stop once RQI has") { Choices = ["never", "thresholds", "rqi"] },
        new("embedding_dimension", ParameterKind.Integer, 1L, "D, dimension of the embedding") { Minimum = 1, Maximum = 1024 },
        new("embedding_scale", ParameterKind.Number, 1.0, "s: initial embeddings are uniform in [-s/2, s/2]") { Minimum = 0, Maximum = 1e6 },
        new("input", ParameterKind.Text, "sum", "what the decoder sees; sum: E[a] + E[b]; mean: half of it") { Choices = ["sum", "mean"] },
        new("width", ParameterKind.Integer, 200L, "H, hidden units per layer of the decoder") { Minimum = 1, Maximum = 8192 },
        new("depth", ParameterKind.Integer, 2L, "hidden layers of the decoder") { Minimum = 1, Maximum = 16 },
        new("output_dimension", ParameterKind.Integer, 30L, "dimension of the random targets; without meaning for one_hot and cross_entropy, which have an output per class") { Minimum = 1, Maximum = 4096 },
        new("embedding_lr", ParameterKind.Number, 1e-3, "learning rate of the embedding") { Minimum = 0, Maximum = 100 },
        new("embedding_weight_decay", ParameterKind.Number, 0.0, "decoupled weight decay of the embedding") { Minimum = 0, Maximum = 1e6 },
        new("decoder_lr", ParameterKind.Number, 1e-4, "learning rate of the decoder") { Minimum = 0, Maximum = 100 },
        new("decoder_weight_decay", ParameterKind.Number, 0.0, "decoupled weight decay of the decoder, biases included") { Minimum = 0, Maximum = 1e6 },
        new("record_per_decade", ParameterKind.Integer, 150L, "steps of curves and embeddings per factor of ten, every step up to 2/3 of this number, and the first and the last; 0 for these two only") { Minimum = 0, Maximum = 10_000 },
        new("checkpoints", ParameterKind.Text, "schedule", "schedule: checkpoints_per_decade, the first and the last; last: the final state only; none: no checkpoints") { Choices = ["schedule", "last", "none"] },
        new("checkpoints_per_decade", ParameterKind.Integer, 10L, "checkpoints per factor of ten in steps (checkpoints = schedule)") { Minimum = 1, Maximum = 1000 },
    ];

    public override Experiment Create(RunConfig config)
    {
        var (p, ordered, steps) = (config.Integer("p"), config.Text("pairs") == "ordered", config.Long("steps"));
        var samples = config.Text("operation") == "add" ? SampleSet.Addition(p, ordered) : SampleSet.ModularAddition(p, ordered);
        var convention = Conventions.Parse(config.Text("convention"));
        var trainSamples = config.Integer("train_samples");
        var batch = Math.Min(config.Integer("batch"), trainSamples);
        var draws = config.Text("rng") == "reference" ? ToyDraws.Reference(config, samples, trainSamples) : ToyDraws.Counter(config, samples, trainSamples, batch);
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
            Steps = steps,
            Embedding = "embedding.weight",
            Convention = convention,
            Rule = PhaseRule.For(convention),
            Timing = convention == Convention.Reference ? new MetricTiming(TrainAccuracy: 1, ValidationAccuracy: IsPhaseDiagram(config) ? 1 : 0, Rqi: 1) : new MetricTiming(0, 0, 0),
            Stop = config.Text("stop") switch { "thresholds" => StopRule.Thresholds, "rqi" => StopRule.Rqi, _ => StopRule.Never },
            RecordedSteps = StepSchedule.Curves(steps, config.Integer("record_per_decade")),
            CheckpointSteps = config.Text("checkpoints") switch
            {
                "schedule" => StepSchedule.Checkpoints(steps, config.Integer("checkpoints_per_decade")),
                "last" => [steps],
                _ => [],
            },
        };
    }

    /// <summary>Whether the program behind Figure 6 is meant.</summary>
    internal static bool IsPhaseDiagram(RunConfig config) => config.Text("program") == "phase_diagram";

    protected override void Check(RunConfig config)
    {
        var p = config.Long("p");
        var ordered = config.Text("pairs") == "ordered";
        var samples = ordered ? p * p : p * (p + 1) / 2;
        if (config.Long("train_samples") > samples)
            throw new GoldilocksException($"train_samples: {config.Long("train_samples")} training samples do not fit; p = {p} has {samples} samples{(ordered ? " (ordered pairs)" : "")}. Choose 1 to {samples}, or a larger p.");
        if (config.Text("targets") == "one_hot" && config.Text("loss") != "mse")
            throw new GoldilocksException("targets: one_hot targets are for loss = mse; cross_entropy compares class scores and has none. Leave targets out, or choose loss = mse.");
    }

    private static ModelGraph BuildGraph(RunConfig config, SampleSet samples, ToyDraws draws)
    {
        var (regression, mean) = (config.Text("loss") == "mse", config.Text("input") == "mean");
        var p = samples.Symbols;
        var result = config.Text("operation") == "add" ? "a + b" : $"(a + b) mod {p}";
        var graph = new GraphBuilder("toy-addition",
            $"Adds two of {p} symbols: the embeddings of a and b are {(mean ? "averaged" : "added")} and decoded by a tanh MLP into {(regression ? $"the {config.Text("targets").Replace('_', '-')} target vector" : "class scores")} of {result}.");
        graph.Input("a", ElementType.Int64, [Dimension.Batch], $"first symbol, 0..{p - 1}");
        graph.Input("b", ElementType.Int64, [Dimension.Batch], $"second symbol, 0..{p - 1}");
        graph.Input("label", ElementType.Int64, [Dimension.Batch], $"{result}, for training");
        graph.Initializer("embedding.weight", draws.Embedding);
        foreach (var (name, tensor) in draws.Decoder) graph.Initializer(name, tensor);

        var embeddingA = graph.Apply("Gather", "embedding_a", ["embedding.weight", "a"], nodeDoc: "E[a]");
        var embeddingB = graph.Apply("Gather", "embedding_b", ["embedding.weight", "b"], nodeDoc: "E[b]");
        var hidden = graph.Apply("Add", mean ? "embedding_sum" : "decoder_input", [embeddingA, embeddingB], nodeDoc: "E[a] + E[b]");
        if (mean) hidden = graph.Apply("Mul", "decoder_input", [hidden, graph.Initializer("half", Tensor.Of([0.5f]))], nodeDoc: "(E[a] + E[b]) / 2");
        var depth = config.Integer("depth");
        for (var layer = 0; layer < depth; layer++)
        {
            var linear = graph.Linear($"hidden_{layer + 1}_linear", hidden, $"decoder.{2 * layer}.weight", $"decoder.{2 * layer}.bias");
            hidden = graph.Apply("Tanh", $"hidden_{layer + 1}", [linear]);
        }

        var last = regression ? "output" : "logits";
        graph.Linear(last, hidden, $"decoder.{2 * depth}.weight", $"decoder.{2 * depth}.bias");
        if (regression) AddRegression(graph, draws.Targets!);
        else AddClassification(graph, samples.Classes, meanOverClasses: IsPhaseDiagram(config) && config.Text("convention") == "reference");
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

    /// <summary>Cross-entropy against the one-hot label, in one of the authors' programs divided by the number of classes.</summary>
    private static void AddClassification(GraphBuilder graph, int classes, bool meanOverClasses)
    {
        graph.Initializer("one_hot", ToyDraws.Identity(classes));
        graph.Initializer("last_axis", Tensor.Of([1L], 1));
        graph.Apply("LogSoftmax", "log_probabilities", ["logits"]);
        graph.Apply("Gather", "target", ["one_hot", "label"]);
        graph.Apply("Mul", "target_log_probabilities", ["log_probabilities", "target"]);
        graph.Apply(meanOverClasses ? "ReduceMean" : "ReduceSum", "target_log_probability", ["target_log_probabilities", "last_axis"]);
        graph.Apply("Neg", "sample_loss", ["target_log_probability"]);
    }
}
