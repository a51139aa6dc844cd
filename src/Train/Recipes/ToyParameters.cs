using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>Hyperparameters that the toy recipes share.</summary>
internal static class ToyParameters
{
    public static IReadOnlyList<ParameterSpec> Draws { get; } =
    [
        new("seed", ParameterKind.Integer, 0L, "seed of all random draws") { Minimum = 0, Maximum = uint.MaxValue },
        new("rng", ParameterKind.Text, "counter", "counter: independent streams by purpose; reference: MT19937 in the reference code's draw order, for replays") { Choices = ["counter", "reference"] },
    ];

    public static IReadOnlyList<ParameterSpec> Definitions { get; } =
    [
        new("convention", ParameterKind.Text, "paper", "whose definitions hold where the paper and its authors' code differ") { Choices = ["paper", "reference"] },
        new("loss", ParameterKind.Text, "mse", "mse: regression onto target vectors; cross_entropy: classification") { Choices = ["mse", "cross_entropy"] },
    ];

    public static IReadOnlyList<ParameterSpec> Length { get; } =
    [
        new("steps", ParameterKind.Integer, 5000L, "optimiser updates") { Minimum = 0, Maximum = 1_000_000_000 },
        new("stop", ParameterKind.Text, "never", "never: run all steps; thresholds: stop once train accuracy, validation accuracy and RQI have all been reached; accuracy: once both accuracies have, which decides the phase; rqi: once RQI has") { Choices = ["never", "thresholds", "accuracy", "rqi"] },
        new("accuracy_threshold", ParameterKind.Number, 0.9, "fraction that train and validation accuracy must exceed (paper) or reach (reference) (Table 1)") { Minimum = 0, IsMinimumOpen = true, Maximum = 1 },
        new("rqi_threshold", ParameterKind.Number, 0.95, "fraction that RQI must exceed") { Minimum = 0, Maximum = 1, IsMaximumOpen = true },
        new("grokking_gap", ParameterKind.Integer, 1000L, "comprehension when validation accuracy follows train accuracy by fewer steps than this, grokking otherwise (Table 1)") { Minimum = 0, Maximum = 1_000_000_000 },
    ];

    public static IReadOnlyList<ParameterSpec> Decoder { get; } =
    [
        new("width", ParameterKind.Integer, 200L, "H, hidden units per layer of the decoder") { Minimum = 1, Maximum = 8192 },
        new("depth", ParameterKind.Integer, 2L, "hidden layers of the decoder") { Minimum = 1, Maximum = 16 },
        new("output_dimension", ParameterKind.Integer, 30L, "dimension of the random targets; without meaning for one_hot and cross_entropy, which have an output per class") { Minimum = 1, Maximum = 4096 },
    ];

    public static IReadOnlyList<ParameterSpec> Optimiser { get; } =
    [
        new("embedding_lr", ParameterKind.Number, 1e-3, "learning rate of the embedding") { Minimum = 0, Maximum = 100 },
        new("embedding_weight_decay", ParameterKind.Number, 0.0, "decoupled weight decay of the embedding") { Minimum = 0, Maximum = 1e6 },
        new("decoder_lr", ParameterKind.Number, 1e-4, "learning rate of the decoder") { Minimum = 0, Maximum = 100 },
        new("decoder_weight_decay", ParameterKind.Number, 0.0, "decoupled weight decay of the decoder, biases included") { Minimum = 0, Maximum = 1e6 },
    ];

    public static IReadOnlyList<ParameterSpec> Recording { get; } =
    [
        new("record_per_decade", ParameterKind.Integer, 150L, "steps of curves and embeddings per factor of ten, every step up to 2/3 of this number, and the first and the last; 0 for these two only") { Minimum = 0, Maximum = 10_000 },
        new("checkpoints", ParameterKind.Text, "schedule", "schedule: checkpoints_per_decade, the first and the last; last: the final state only; none: no checkpoints") { Choices = ["schedule", "last", "none"] },
        new("checkpoints_per_decade", ParameterKind.Integer, 10L, "checkpoints per factor of ten in steps (checkpoints = schedule)") { Minimum = 1, Maximum = 1000 },
    ];

    public static ParameterSpec TrainSamples(long standard) =>
        new("train_samples", ParameterKind.Integer, standard, "training samples; the others validate") { Minimum = 1, Maximum = 1024 * 1024 };

    public static ParameterSpec Batch(long standard) =>
        new("batch", ParameterKind.Integer, standard, "samples per step, drawn without replacement; at most train_samples are used") { Minimum = 1, Maximum = 1024 * 1024 };

    public static ParameterSpec EmbeddingScale { get; } =
        new("embedding_scale", ParameterKind.Number, 1.0, "s: initial embeddings are uniform in [-s/2, s/2]") { Minimum = 0, Maximum = 1e6 };

    /// <exception cref="GoldilocksException">No accuracy could reach the threshold.</exception>
    public static void CheckThresholds(RunConfig config)
    {
        if (config.Number("accuracy_threshold") == 1 && config.Text("convention") == "paper")
            throw new GoldilocksException("accuracy_threshold: no accuracy exceeds 1. Choose less, such as 0.99, or convention = reference, where accuracy must only reach it.");
    }
}
