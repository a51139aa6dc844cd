using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>
/// The paper's toy model of a group that need not commute (§4.1, appendix H): every element has a d × d matrix, and a tanh MLP decodes the product of two
/// of them into the target vector (regression) or the class score (classification) of the group's product.
/// </summary>
public sealed class ToyGroup : Recipe
{
    public override string Name => "toy-group";

    public override string Doc => "multiplication in a finite group: decoder(E[a]·E[b]) with matrices E, the paper's model of S3 (section 4.1, appendix H)";

    public override IReadOnlyList<ParameterSpec> Parameters { get; } =
    [
        .. ToyParameters.Draws,
        .. ToyParameters.Definitions,
        new("group", ParameterKind.Text, "s3", "the group; its P elements are the symbols and the classes, all P^2 ordered pairs the samples") { Format = Groups.Names },
        ToyParameters.TrainSamples(24),
        ToyParameters.Batch(24),
        .. CommonParameters.Length,
        new("embedding_dimension", ParameterKind.Integer, 3L, "d, rows and columns of each element's matrix") { Minimum = 1, Maximum = 64 },
        ToyParameters.EmbeddingScale,
        .. ToyParameters.Decoder,
        .. CommonParameters.Optimiser,
        .. CommonParameters.Recording,
    ];

    public override Experiment Create(RunConfig config)
    {
        var samples = SampleSet.Group(Groups.Parse(config.Text("group")));
        var d = config.Integer("embedding_dimension");
        var model = new ToyModel(config, samples, d * d, config.Text("loss") == "mse" ? ToyTargets.Random : ToyTargets.None);
        var draws = config.Text("rng") == "counter" ? ToyDraws.Counter(model) : ToyDraws.PhaseDiagram(model, unusedNormals: 0, encoderInputs: 1);
        var quality = new ProductQuality(new ProductParallelogramSet(samples), model.Convention);
        return model.Train(BuildGraph(model, draws, d), draws, quality, new MetricTiming(TrainAccuracy: 1, ValidationAccuracy: 1, Rqi: 1));
    }

    protected override void Check(RunConfig config)
    {
        int order;
        try
        {
            order = Groups.Parse(config.Text("group")).Order;
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"group: {e.Message}", inner: e);
        }

        if (config.Long("train_samples") > order * order)
            throw new GoldilocksException($"train_samples: {config.Long("train_samples")} training samples do not fit; group {config.Text("group")} has {order * order} samples (ordered pairs). Choose 1 to {order * order}, or a larger group.");
        CommonParameters.CheckThresholds(config, "accuracy_threshold");
    }

    private static ModelGraph BuildGraph(ToyModel model, ToyDraws draws, int d)
    {
        var name = model.Config.Text("group");
        var graph = new GraphBuilder("toy-group",
            $"Multiplies two of the {model.Samples.Symbols} elements of group {name}: each has a {d} × {d} matrix, and a tanh MLP decodes the matrices' product into {(draws.Targets is null ? "class scores" : "the random target vector")} of a·b.");
        model.AddEmbeddings(graph, draws, $"a·b in group {name}");
        graph.Initializer("matrix_shape", Tensor.Of([0L, d, d], 3));
        graph.Initializer("row_shape", Tensor.Of([0L, d * d], 2));
        graph.Apply("Reshape", "matrix_a", ["embedding_a", "matrix_shape"]);
        graph.Apply("Reshape", "matrix_b", ["embedding_b", "matrix_shape"]);
        graph.Apply("MatMul", "product", ["matrix_a", "matrix_b"], nodeDoc: "E[a]·E[b]");
        graph.Apply("Reshape", ToyDecoder.Input, ["product", "row_shape"], nodeDoc: "E[a]·E[b], row by row");
        ToyDecoder.AddTo(graph, model, draws.Targets);
        return graph.Build();
    }
}
