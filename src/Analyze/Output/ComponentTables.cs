using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The tables <c>components</c>, <c>component_accuracy</c> and <c>frequencies</c>.</summary>
internal static class ComponentTables
{
    /// <summary>Raised when a column changes its name, type or meaning.</summary>
    private const int SchemaVersion = 1;

    private static readonly Column Run = new("run", ColumnType.Text, "identity of the run");
    private static readonly Column Step = new("step", ColumnType.Int64, "optimiser updates before these weights");
    private static readonly Column Axes = new("axes", ColumnType.Text, "whose principal axes: own, of this checkpoint's embedding; final, of the run's last checkpoint's");

    public static TableSchema Components { get; } = new("components", SchemaVersion,
    [
        Run, Step, Axes,
        new("symbol", ColumnType.Int32, "symbol, 0..p-1"),
        new("component", ColumnType.Int32, "principal axis, 1 for the one with most variance"),
        new("value", ColumnType.Float64, "coordinate of the symbol's embedding along the axis, the embedding centred (section 4.2, Figures 1 and 21)"),
    ], ["run", "step", "axes", "symbol", "component"]);

    public static TableSchema Accuracies { get; } = new("component_accuracy", SchemaVersion,
    [
        Run, Step, Axes,
        new("components", ColumnType.Int32, "n, components that the embedding is reduced to; its mean is kept"),
        new("train_accuracy", ColumnType.Float64, "fraction of the training samples that the model predicts from the reduced embedding, by ONNX Runtime (appendix K, Figure 22)"),
        new("validation_accuracy", ColumnType.Float64, "the same for the other samples; null: there are none"),
    ], ["run", "step", "axes", "components"]);

    public static TableSchema Frequencies { get; } = new("frequencies", SchemaVersion,
    [
        Run, Step,
        new("frequency", ColumnType.Int32, "k, 1..p/2: the cosine and sine of 2 pi k x/p over the symbols x"),
        new("share", ColumnType.Float64, "fraction of the embedding's variance in this frequency"),
        new("plane_share", ColumnType.Float64, "the same for the first two principal components alone"),
    ], ["run", "step", "frequency"]);

    /// <exception cref="Core.GoldilocksException">The folder cannot be written.</exception>
    public static void Write(string folder, IReadOnlyList<CheckpointComponents> checkpoints)
    {
        using var components = new TableWriter(Components);
        using var accuracies = new TableWriter(Accuracies);
        using var frequencies = new TableWriter(Frequencies);
        foreach (var checkpoint in checkpoints)
        {
            foreach (var projection in checkpoint.Projections)
            {
                for (var i = 0; i < projection.Coordinates.Length; i++)
                {
                    components.Append(checkpoint.Run).Append((long?)checkpoint.Step).Append(Name(projection.Axes))
                        .Append((int?)(i / projection.Count)).Append((int?)((i % projection.Count) + 1)).Append((double?)projection.Coordinates[i]).EndRow();
                }
            }

            foreach (var accuracy in checkpoint.Accuracies)
            {
                accuracies.Append(checkpoint.Run).Append((long?)checkpoint.Step).Append(Name(accuracy.Axes))
                    .Append((int?)accuracy.Components).Append(accuracy.Train).Append(accuracy.Validation).EndRow();
            }

            for (var k = 0; k < checkpoint.Frequencies.Length; k++)
                frequencies.Append(checkpoint.Run).Append((long?)checkpoint.Step).Append((int?)(k + 1)).Append((double?)checkpoint.Frequencies[k]).Append((double?)checkpoint.PlaneFrequencies[k]).EndRow();
        }

        foreach (var table in new[] { components, accuracies, frequencies }) table.Write(Path.Combine(folder, $"{table.Schema.Name}.parquet"));
    }

    private static string Name(AxesOf axes) => axes == AxesOf.Own ? "own" : "final";
}
