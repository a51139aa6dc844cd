using Goldilocks.Native;

namespace Goldilocks.Train;

/// <summary>The tables of the training stage but <see cref="RunsTable"/>, and their columns.</summary>
internal static class TrainTables
{
    /// <summary>Raised when a column changes its name, type or meaning.</summary>
    public const int SchemaVersion = 1;

    public static TableSchema Curves { get; } = new("curves", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run"),
        new("step", ColumnType.Int64, "optimiser updates; which state an accuracy belongs to follows the run's convention"),
        new("split", ColumnType.Text, "train, validation or all"),
        new("metric", ColumnType.Text, "loss, accuracy (fraction), rqi (fraction) or effective_dimension of the embedding"),
        new("value", ColumnType.Float64, "value of the metric"),
    ], ["run", "metric", "split", "step"]);

    public static TableSchema Embeddings { get; } = new("embeddings", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run"),
        new("step", ColumnType.Int64, "optimiser updates before this state"),
        new("symbol", ColumnType.Int32, "symbol, 0..p-1"),
        new("dimension", ColumnType.Int32, "component of the embedding, 0..D-1; those of a matrix row by row"),
        new("value", ColumnType.Float64, "the component as trained, not normalised"),
    ], ["run", "step", "symbol", "dimension"]);

    public static TableSchema Timings { get; } = new("timings", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run"),
        new("seconds", ColumnType.Float64, "time spent training (s)"),
        new("steps_per_second", ColumnType.Float64, "updates per second (1/s)"),
    ], ["run"]);

    public static void AppendCurve(TableWriter table, RunConfig config, RunRecord record)
    {
        foreach (var point in record.Curve)
        {
            var (split, metric) = point.Metric.Name();
            table.Append(config.Run).Append((long?)point.Step).Append(split).Append(metric).Append((double?)point.Value);
            table.EndRow();
        }
    }

    public static void AppendEmbeddings(TableWriter table, RunConfig config, RunRecord record, int symbols)
    {
        if (record.EmbeddingSteps.Count == 0) return;
        var size = record.Embeddings.Count / record.EmbeddingSteps.Count;
        var dimensions = size / symbols;
        for (var i = 0; i < record.Embeddings.Count; i++)
        {
            var component = i % size;
            table.Append(config.Run).Append((long?)record.EmbeddingSteps[i / size])
                .Append((int?)(component / dimensions)).Append((int?)(component % dimensions)).Append((double?)record.Embeddings[i]);
            table.EndRow();
        }
    }

    public static void AppendTiming(TableWriter table, RunConfig config, RunRecord record)
    {
        table.Append(config.Run).Append((double?)record.Seconds).Append((double?)(record.Seconds > 0 ? record.Steps / record.Seconds : 0));
        table.EndRow();
    }
}
