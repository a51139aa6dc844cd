namespace Goldilocks.Train;

/// <summary>Hyperparameters that the toy recipes share.</summary>
internal static class ToyParameters
{
    public static IReadOnlyList<ParameterSpec> Draws { get; } =
    [
        CommonParameters.Seed,
        new("rng", ParameterKind.Text, "counter", "counter: independent streams by purpose; reference: MT19937 in the reference code's draw order, for replays") { Choices = ["counter", "reference"] },
    ];

    public static IReadOnlyList<ParameterSpec> Definitions { get; } =
    [
        CommonParameters.Convention,
        new("loss", ParameterKind.Text, "mse", "mse: regression onto target vectors; cross_entropy: classification") { Choices = ["mse", "cross_entropy"] },
    ];

    public static IReadOnlyList<ParameterSpec> Decoder { get; } =
    [
        new("width", ParameterKind.Integer, 200L, "H, hidden units per layer of the decoder") { Minimum = 1, Maximum = 8192 },
        new("depth", ParameterKind.Integer, 2L, "hidden layers of the decoder") { Minimum = 1, Maximum = 16 },
        new("output_dimension", ParameterKind.Integer, 30L, "dimension of the random targets; without meaning for one_hot and cross_entropy, which have an output per class") { Minimum = 1, Maximum = 4096 },
    ];

    public static ParameterSpec TrainSamples(long standard) =>
        new("train_samples", ParameterKind.Integer, standard, "training samples; the others validate") { Minimum = 1, Maximum = 1024 * 1024 };

    public static ParameterSpec Batch(long standard) =>
        new("batch", ParameterKind.Integer, standard, "samples per step, drawn without replacement; at most train_samples are used") { Minimum = 1, Maximum = 1024 * 1024 };

    public static ParameterSpec EmbeddingScale { get; } =
        new("embedding_scale", ParameterKind.Number, 1.0, "s: initial embeddings are uniform in [-s/2, s/2]") { Minimum = 0, Maximum = 1e6 };
}
