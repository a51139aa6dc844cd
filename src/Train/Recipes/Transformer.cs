using Goldilocks.Core;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Train;

/// <summary>
/// The paper's transformer (§4.2; the architecture is that of the authors' code): encoder layers over the two tokens of a pair, whose outputs are
/// concatenated and scored. With other settings it is the one-layer transformer of Nanda et al.
/// </summary>
public sealed class Transformer : Recipe
{
    public override string Name => "transformer";

    public override string Doc => "an operation modulo p on two tokens by a transformer encoder, the paper's model of section 4.2";

    public override IReadOnlyList<ParameterSpec> Parameters { get; } =
    [
        .. PairModel.Task(59, 0.8, trained: 2),
        .. CommonParameters.Length.Select(parameter => parameter.Name switch
        {
            "steps" => parameter with { Default = 20_000L },
            "accuracy_threshold" => parameter with { Default = 0.99 },
            _ => parameter,
        }),
        CommonParameters.EvaluatePerDecade,
        new("embedding_dimension", ParameterKind.Integer, 256L, "D, width of the residual stream; a multiple of heads") { Minimum = 1, Maximum = 4096 },
        new("embedding_scale", ParameterKind.Number, 1.0, "standard deviation of the initial embeddings, which are normal") { Minimum = 0, Maximum = 1e6 },
        new("layers", ParameterKind.Integer, 2L, "encoder layers") { Minimum = 1, Maximum = 32 },
        new("heads", ParameterKind.Integer, 1L, "attention heads") { Minimum = 1, Maximum = 256 },
        new("feed_forward", ParameterKind.Integer, 256L, "F, hidden units of each layer's MLP") { Minimum = 1, Maximum = 16384 },
        Layers.Activation,
        new("norm", ParameterKind.Text, "before", "layer normalisation before or after each half layer, or none") { Choices = ["before", "after", "none"] },
        new("causal", ParameterKind.Text, "no", "whether tokens see only themselves and those before them") { Choices = ["no", "yes"] },
        new("positions", ParameterKind.Text, "none", "learned: each position has a vector that is added to its token's embedding") { Choices = ["none", "learned"] },
        new("tokens", ParameterKind.Text, "pair", "pair: a, b; equals: a, b and a third token =") { Choices = ["pair", "equals"] },
        new("readout", ParameterKind.Text, "concatenate", "what is scored; concatenate: all tokens; last: the last one") { Choices = ["concatenate", "last"] },
        CommonParameters.Dropout(0),
        .. CommonParameters.Optimiser.Select(parameter => parameter.Name == "decoder_lr" ? parameter with { Default = 1e-3 } : parameter),
        CommonParameters.Beta2,
        .. CommonParameters.LargeRecording,
    ];

    public override Experiment Create(RunConfig config)
    {
        var samples = PairModel.Samples(config);
        var draws = new ParameterDraws((ulong)config.Long("seed"));
        draws.Normal(PairModel.Embedding, RandomStream.Embedding, config.Number("embedding_scale"), samples.Symbols, config.Integer("embedding_dimension"));
        var model = new TransformerGraph(config, samples, draws);
        return PairModel.Train(config, samples, model.Build(), draws.All.Select(parameter => parameter.Key), model.TokenParameters);
    }

    protected override void Check(RunConfig config)
    {
        PairModel.Check(config);
        var (d, heads) = (config.Integer("embedding_dimension"), config.Integer("heads"));
        if (d % heads != 0) throw new GoldilocksException($"heads: {d} dimensions (embedding_dimension) do not divide into {heads} heads. Choose a divisor of {d}.");
    }
}
