using Goldilocks.Core;

namespace Goldilocks.Train;

/// <summary>Hyperparameters that all recipes share, and what they mean.</summary>
internal static class CommonParameters
{
    public static ParameterSpec Seed { get; } = new("seed", ParameterKind.Integer, 0L, "seed of all random draws") { Minimum = 0, Maximum = uint.MaxValue };

    public static ParameterSpec Convention { get; } = new("convention", ParameterKind.Text, "paper", "whose definitions hold where the paper and its authors' code differ") { Choices = ["paper", "reference"] };

    public static IReadOnlyList<ParameterSpec> Length { get; } =
    [
        new("steps", ParameterKind.Integer, 5000L, "optimiser updates") { Minimum = 0, Maximum = 1_000_000_000 },
        new("stop", ParameterKind.Text, "never", "never: run all steps; thresholds: stop once train accuracy, validation accuracy and RQI have all been reached; accuracy: once both accuracies have, which decides the phase; rqi: once RQI has") { Choices = ["never", "thresholds", "accuracy", "rqi"] },
        new("accuracy_threshold", ParameterKind.Number, 0.9, "fraction that train and validation accuracy must exceed (paper) or reach (reference) (Table 1)") { Minimum = 0, IsMinimumOpen = true, Maximum = 1 },
        new("rqi_threshold", ParameterKind.Number, 0.95, "fraction that RQI must exceed") { Minimum = 0, Maximum = 1, IsMaximumOpen = true },
        new("grokking_gap", ParameterKind.Integer, 1000L, "comprehension when validation accuracy follows train accuracy by fewer steps than this, grokking otherwise (Table 1)") { Minimum = 0, Maximum = 1_000_000_000 },
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

    /// <summary>For models whose states are not all evaluated.</summary>
    public static ParameterSpec EvaluatePerDecade { get; } =
        new("evaluate_per_decade", ParameterKind.Integer, 150L, "states per factor of ten in steps in which all samples are evaluated, every state up to 2/3 of this number, and whatever is recorded: thresholds are known to this grid") { Minimum = 1, Maximum = 1_000_000 };

    public static ParameterSpec Beta2 { get; } =
        new("beta2", ParameterKind.Number, 0.999, "AdamW's decay of the second moment") { Minimum = 0, Maximum = 1, IsMaximumOpen = true };

    public static ParameterSpec Dropout(double standard) =>
        new("dropout", ParameterKind.Number, standard, "probability with which training drops an activation") { Minimum = 0, Maximum = 1, IsMaximumOpen = true };

    /// <summary>Recording for models with large embeddings.</summary>
    public static IReadOnlyList<ParameterSpec> LargeRecording { get; } =
    [
        new("record_per_decade", ParameterKind.Integer, 50L, "steps of curves per factor of ten, every step up to 2/3 of this number, and the first and the last; 0 for these two only") { Minimum = 0, Maximum = 10_000 },
        new("embeddings_per_decade", ParameterKind.Integer, 10L, "recorded embeddings per factor of ten in steps, the first and the last; 0 for these two only") { Minimum = 0, Maximum = 1000 },
        .. Recording.Where(parameter => parameter.Name is "checkpoints"),
        new("checkpoints_per_decade", ParameterKind.Integer, 5L, "checkpoints per factor of ten in steps (checkpoints = schedule)") { Minimum = 1, Maximum = 1000 },
    ];

    public static StopRule Stop(RunConfig config) => config.Text("stop") switch
    {
        "thresholds" => StopRule.Thresholds,
        "accuracy" => StopRule.Accuracy,
        "rqi" => StopRule.Rqi,
        _ => StopRule.Never,
    };

    public static long[] CheckpointSteps(RunConfig config) => config.Text("checkpoints") switch
    {
        "schedule" => StepSchedule.Checkpoints(config.Long("steps"), config.Integer("checkpoints_per_decade")),
        "last" => [config.Long("steps")],
        _ => [],
    };

    /// <summary>Checks the thresholds of accuracies, one or several.</summary>
    /// <exception cref="GoldilocksException">No accuracy could reach one of them.</exception>
    public static void CheckThresholds(RunConfig config, params IEnumerable<string> thresholds)
    {
        if (config.Text("convention") == "paper" && thresholds.FirstOrDefault(name => config.Number(name) == 1) is { } unreachable)
            throw new GoldilocksException($"{unreachable}: no accuracy exceeds 1. Choose less, such as 0.99, or convention = reference, where accuracy must only reach it.");
    }
}
