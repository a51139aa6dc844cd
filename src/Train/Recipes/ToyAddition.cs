using Goldilocks.Core;
using Goldilocks.Graph;
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
        .. ToyParameters.Draws,
        new("program", ParameterKind.Text, "toy", "which of the authors' programs a reference convention or rng means; toy: Figures 3 and 4; phase_diagram: Figure 6, which draws in another order, takes validation accuracy after the update and divides the cross-entropy by the number of classes") { Choices = ["toy", "phase_diagram"] },
        .. ToyParameters.Definitions,
        new("targets", ParameterKind.Text, "random", "target vectors (mse only); random: normal values, fixed; one_hot: 1 in the class's own place, one output per class") { Choices = ["random", "one_hot"] },
        new("operation", ParameterKind.Text, "add", "add: a + b, 2p-1 classes; modular_add: (a + b) mod p, p classes") { Choices = ["add", "modular_add"] },
        new("pairs", ParameterKind.Text, "unordered", "unordered: p(p+1)/2 samples; ordered: (a, b) and (b, a) are two of p^2 samples") { Choices = ["unordered", "ordered"] },
        new("p", ParameterKind.Integer, 10L, "number of symbols") { Minimum = 2, Maximum = 1024 },
        ToyParameters.TrainSamples(45),
        ToyParameters.Batch(45),
        .. CommonParameters.Length,
        new("embedding_dimension", ParameterKind.Integer, 1L, "D, dimension of the embedding") { Minimum = 1, Maximum = 1024 },
        ToyParameters.EmbeddingScale,
        new("input", ParameterKind.Text, "sum", "what the decoder sees; sum: E[a] + E[b]; mean: half of it") { Choices = ["sum", "mean"] },
        .. ToyParameters.Decoder,
        .. CommonParameters.Optimiser,
        .. CommonParameters.Recording,
    ];

    public override Experiment Create(RunConfig config)
    {
        var (p, ordered) = (config.Integer("p"), config.Text("pairs") == "ordered");
        var samples = config.Text("operation") == "add" ? SampleSet.Addition(p, ordered) : SampleSet.ModularAddition(p, ordered);
        var targets = config.Text("loss") != "mse" ? ToyTargets.None : config.Text("targets") == "random" ? ToyTargets.Random : ToyTargets.OneHot;
        var model = new ToyModel(config, samples, config.Integer("embedding_dimension"), targets);
        var draws = config.Text("rng") == "counter" ? ToyDraws.Counter(model)
            : IsPhaseDiagram(config) ? ToyDraws.PhaseDiagram(model, unusedNormals: p * model.Outputs, encoderInputs: p)
            : ToyDraws.Toy(model);
        var quality = new RepresentationQuality(new ParallelogramSet(samples), model.Convention, model.EmbeddingSize);
        return model.Train(BuildGraph(model, draws), draws, quality, new MetricTiming(TrainAccuracy: 1, ValidationAccuracy: IsPhaseDiagram(config) ? 1 : 0, Rqi: 1));
    }

    protected override void Check(RunConfig config)
    {
        var p = config.Long("p");
        var ordered = config.Text("pairs") == "ordered";
        var samples = ordered ? p * p : p * (p + 1) / 2;
        if (config.Long("train_samples") > samples)
            throw new GoldilocksException($"train_samples: {config.Long("train_samples")} training samples do not fit; p = {p} has {samples} samples{(ordered ? " (ordered pairs)" : "")}. Choose 1 to {samples}, or a larger p.");
        CommonParameters.CheckThresholds(config, "accuracy_threshold");
        if (config.Text("targets") == "one_hot" && config.Text("loss") != "mse")
            throw new GoldilocksException("targets: one_hot targets are for loss = mse; cross_entropy compares class scores and has none. Leave targets out, or choose loss = mse.");
    }

    /// <summary>Whether the program behind Figure 6 is meant.</summary>
    private static bool IsPhaseDiagram(RunConfig config) => config.Text("program") == "phase_diagram";

    private static ModelGraph BuildGraph(ToyModel model, ToyDraws draws)
    {
        var (config, p) = (model.Config, model.Samples.Symbols);
        var (regression, mean) = (draws.Targets is not null, config.Text("input") == "mean");
        var result = config.Text("operation") == "add" ? "a + b" : $"(a + b) mod {p}";
        var graph = new GraphBuilder("toy-addition",
            $"Adds two of {p} symbols: the embeddings of a and b are {(mean ? "averaged" : "added")} and decoded by a tanh MLP into {(regression ? $"the {config.Text("targets").Replace('_', '-')} target vector" : "class scores")} of {result}.");
        model.AddEmbeddings(graph, draws, result);
        var sum = graph.Apply("Add", mean ? "embedding_sum" : ToyDecoder.Input, ["embedding_a", "embedding_b"], nodeDoc: "E[a] + E[b]");
        if (mean) graph.Apply("Mul", ToyDecoder.Input, [sum, graph.Initializer("half", Tensor.Of([0.5f]))], nodeDoc: "(E[a] + E[b]) / 2");
        ToyDecoder.AddTo(graph, model, draws.Targets, meanOverClasses: IsPhaseDiagram(config) && model.Convention == Convention.Reference);
        return graph.Build();
    }
}
