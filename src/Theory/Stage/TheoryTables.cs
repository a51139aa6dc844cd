using Goldilocks.Native;

namespace Goldilocks.Theory;

/// <summary>The tables of the theory stage and their columns.</summary>
internal static class TheoryTables
{
    /// <summary>Raised when a column changes its name, type or meaning.</summary>
    private const int SchemaVersion = 1;

    public static TableSchema Critical { get; } = new("critical", SchemaVersion,
    [
        new("p", ColumnType.Int64, "number of symbols"),
        new("samples", ColumnType.Int64, "size n of the random training sets"),
        new("fraction", ColumnType.Float64, "n / |D0|"),
        new("draws", ColumnType.Int64, "random training sets of this size"),
        new("unique_draws", ColumnType.Int64, "those whose A(P0(D)) has nullity 2: a unique linear structure (section 3.2)"),
        new("probability", ColumnType.Float64, "unique_draws / draws"),
        new("low", ColumnType.Float64, "lower end of the 95 % interval of the probability (Wilson)"),
        new("high", ColumnType.Float64, "upper end of the 95 % interval"),
        new("authors_draws", ColumnType.Int64, "draws of the authors' code for this size; null: none published"),
        new("authors_unique", ColumnType.Int64, "those of them with a unique linear structure; null: none published"),
    ], ["p", "samples"]);

    public static TableSchema Rates { get; } = new("rates", SchemaVersion,
    [
        new("p", ColumnType.Int64, "number of symbols"),
        new("samples", ColumnType.Int64, "size n of the random training set"),
        new("fraction", ColumnType.Float64, "n / |D0|"),
        new("draw", ColumnType.Int64, "number of the draw; the same draw is one random order of all samples, cut at n"),
        new("permissible_parallelograms", ColumnType.Int64, "|P0(D)|"),
        new("nullity", ColumnType.Int64, "of A(P0(D)); 2: a unique linear structure"),
        new("lambda3_paper", ColumnType.Float64, "third smallest eigenvalue of H, averaged over P0(D) (section 3.2); 0 when the structure is not unique"),
        new("lambda3_reference", ColumnType.Float64, "third smallest eigenvalue of AᵀA, as in the authors' code"),
    ], ["p", "samples", "draw"]);

    public static TableSchema Trajectories { get; } = new("trajectories", SchemaVersion,
    [
        new("convention", ColumnType.Text, "paper: Runge-Kutta over P0(D), averaged; reference: explicit Euler over all of P0, summed, with frozen Z0"),
        new("step", ColumnType.Int64, "steps of the embedding's learning rate after the start"),
        new("symbol", ColumnType.Int32, "symbol, 0..p-1"),
        new("value", ColumnType.Float64, "the normalised one-dimensional embedding"),
    ], ["convention", "step", "symbol"]);

    public static TableSchema Invariants { get; } = new("invariants", SchemaVersion,
    [
        new("convention", ColumnType.Text, "as in trajectories"),
        new("step", ColumnType.Int64, "as in trajectories"),
        new("loss", ColumnType.Float64, "effective loss before its division by Z0, l0 (eq. 5)"),
        new("squared_norm", ColumnType.Float64, "Z0, the sum of squares (eq. 6), conserved by the exact flow"),
        new("centre", ColumnType.Float64, "C, the sum of the embedding (eq. 6), conserved where it is 0"),
        new("exact_difference", ColumnType.Float64, "largest difference of an embedding from the exact solution by eigen-decomposition of the full flow at this time"),
        new("relaxation_steps", ColumnType.Float64, "n_h = 1/(λ3 η) of this trajectory's parallelograms; null when the linear structure is not unique"),
    ], ["convention", "step"]);

    public static TableSchema Stored { get; } = new("stored_runs", SchemaVersion,
    [
        new("train_samples", ColumnType.Int64, "|D|"),
        new("seed", ColumnType.Int64, "seed of the authors' run"),
        new("accuracy", ColumnType.Float64, "over all of D0 after 5000 steps, four decimals"),
        new("predicted_accuracy", ColumnType.Float64, "Acc^ after 5000 steps, four decimals"),
        new("ideal_accuracy", ColumnType.Float64, "what the training set implies, four decimals"),
        new("nullity", ColumnType.Int64, "of A(P0(D))"),
        new("permissible_parallelograms", ColumnType.Int64, "|P0(D)|"),
        new("third_eigenvalue", ColumnType.Float64, "third smallest eigenvalue of AᵀA over P0(D), three decimals"),
        new("rqi_step", ColumnType.Int64, "first of 10,000 steps with RQI above 0.95; null: never"),
    ], ["train_samples", "seed"]);
}
