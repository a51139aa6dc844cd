using Goldilocks.Graph;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Train;

/// <summary>The minimal model that groks: two learned embeddings, concatenated or added, and an MLP that scores the result's class.</summary>
public sealed class ModularMlp : Recipe
{
    public override string Name => "modular-mlp";

    public override string Doc => "an operation modulo p on two embeddings, concatenated or added, by an MLP: the minimal model of the authors' post on grokking";

    public override IReadOnlyList<ParameterSpec> Parameters { get; } =
    [
        .. PairModel.Task(53, 0.6, trained: 0),
        .. CommonParameters.Length.Select(parameter => parameter.Name == "steps" ? parameter with { Default = 10_000L } : parameter),
        CommonParameters.EvaluatePerDecade,
        new("embedding_dimension", ParameterKind.Integer, 128L, "D, dimension of the embedding") { Minimum = 1, Maximum = 4096 },
        new("embedding_scale", ParameterKind.Number, 1.0, "standard deviation of the initial embeddings, which are normal") { Minimum = 0, Maximum = 1e6 },
        new("input", ParameterKind.Text, "concatenate", "what the MLP sees; concatenate: E[a] and E[b]; sum: E[a] + E[b]") { Choices = ["concatenate", "sum"] },
        new("width", ParameterKind.Integer, 128L, "H, hidden units per layer") { Minimum = 1, Maximum = 8192 },
        new("depth", ParameterKind.Integer, 1L, "hidden layers") { Minimum = 1, Maximum = 16 },
        Layers.Activation,
        CommonParameters.Dropout(0),
        .. CommonParameters.Optimiser.Select(parameter => parameter with { Default = parameter.Name.EndsWith("_lr", StringComparison.Ordinal) ? 3e-2 : 0.03 }),
        CommonParameters.Beta2,
        .. CommonParameters.LargeRecording,
    ];

    public override Experiment Create(RunConfig config)
    {
        var samples = PairModel.Samples(config);
        var (d, depth, concatenated) = (config.Integer("embedding_dimension"), config.Integer("depth"), config.Text("input") == "concatenate");
        var draws = new ParameterDraws((ulong)config.Long("seed"));
        draws.Normal(PairModel.Embedding, RandomStream.Embedding, config.Number("embedding_scale"), samples.Symbols, d);
        int[] sizes = [concatenated ? 2 * d : d, .. Enumerable.Repeat(config.Integer("width"), depth), samples.Classes];
        for (var layer = 0; layer <= depth; layer++) draws.Linear($"decoder.{2 * layer}", sizes[layer], sizes[layer + 1]);

        var graph = new GraphBuilder("modular-mlp", $"Computes {samples.Operation} of two of {samples.Symbols} symbols: their embeddings are {(concatenated ? "concatenated" : "added")} and an MLP scores the {samples.Classes} classes.");
        PairModel.AddInputs(graph, samples, draws);
        var layers = new Layers(graph, config);
        var hidden = "";
        for (var layer = 0; layer < depth; layer++)
        {
            var (weight, bias) = ($"decoder.{2 * layer}.weight", $"decoder.{2 * layer}.bias");
            var linear = layer == 0 ? AddFirstLayer(graph, weight, bias, concatenated) : graph.Linear($"hidden_{layer + 1}_linear", hidden, weight, bias);
            hidden = layers.Dropout(layers.Activate(linear, $"hidden_{layer + 1}"));
        }

        graph.Linear("logits", hidden, $"decoder.{2 * depth}.weight", $"decoder.{2 * depth}.bias");
        LossNodes.AddClassification(graph, samples.Classes);
        return PairModel.Train(config, samples, graph.Build(), draws.All.Select(parameter => parameter.Key), []);
    }

    /// <summary>
    /// W·[E[a], E[b]] + c = (E·W_aᵀ)[a] + (E·W_bᵀ)[b] + c, or with one W for both of a sum: the layer is computed for each symbol and not for each pair, of
    /// which there are P times as many.
    /// </summary>
    private static string AddFirstLayer(GraphBuilder graph, string weight, string bias, bool concatenated)
    {
        string[] weights = concatenated ? ["weight_a", "weight_b"] : [weight, weight];
        if (concatenated) graph.Apply("Split", weights, [weight], new Dictionary<string, AttributeValue> { ["axis"] = 1L, ["num_outputs"] = 2L });
        var transposed = new Dictionary<string, AttributeValue> { ["transB"] = 1L };
        var a = graph.Apply("Gemm", "symbols_a", [PairModel.Embedding, weights[0], bias], transposed);
        var b = graph.Apply("Gemm", "symbols_b", [PairModel.Embedding, weights[1]], transposed);
        return graph.Apply("Add", "hidden_1_linear", [graph.Apply("Gather", "hidden_a", [a, "a"]), graph.Apply("Gather", "hidden_b", [b, "b"])]);
    }

    protected override void Check(RunConfig config) => PairModel.Check(config);
}
