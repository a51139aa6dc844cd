using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>Every measure of whole runs, in the order of the table's columns, and the table <c>signatures</c>.</summary>
internal static class RunMeasures
{
    /// <summary>The table's file name.</summary>
    public const string FileName = "signatures.parquet";

    /// <summary>Raised when a column changes its name, type or meaning.</summary>
    private const int SchemaVersion = 1;

    public static IReadOnlyList<IRunMeasure> All { get; } = [new SpectralSignatureMeasure(), new LossSpikeMeasure(), new PatternMeasure()];

    public static IReadOnlyList<Column> Columns { get; } = [.. All.SelectMany(measure => measure.Columns)];

    public static TableSchema Schema { get; } = new("signatures", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run"),
        .. All.SelectMany(measure => measure.Columns.Select(column => column with { Doc = $"{column.Doc} ({measure.Source})" })),
    ], ["run"]);

    /// <summary>A value per column of <see cref="Columns"/> for each run.</summary>
    public static IReadOnlyList<double?[]> Compute(IReadOnlyList<RunTrack> runs) => [.. runs.Select(run => All.SelectMany(measure => measure.Compute(run)).ToArray())];

    /// <exception cref="Core.GoldilocksException">The folder cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<RunTrack> runs, IReadOnlyList<double?[]> values)
    {
        using var table = new TableWriter(Schema);
        foreach (var (run, row) in runs.Zip(values))
        {
            table.Append(run.Run);
            foreach (var value in row) table.Append(value);
            table.EndRow();
        }

        table.Write(path);
    }
}
