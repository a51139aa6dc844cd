using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The table <c>decoder_map</c>.</summary>
internal static class DecoderMapTable
{
    /// <summary>The table's file name.</summary>
    public const string FileName = "decoder_map.parquet";

    /// <summary>Raised when a column changes its name, type or meaning.</summary>
    private const int SchemaVersion = 1;

    public static TableSchema Schema { get; } = new("decoder_map", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run"),
        new("step", ColumnType.Int64, "optimiser updates before these weights: the run's last checkpoint"),
        new("row", ColumnType.Int32, "row of the grid, 0..N-1; 0 has the smallest y"),
        new("column", ColumnType.Int32, "column of the grid, 0..N-1; 0 has the smallest x"),
        new("x", ColumnType.Float64, "first component of the decoder's input; the grid is a square about the embedding's bounding box, a quarter of its larger side wider on each side"),
        new("y", ColumnType.Float64, "second component of the decoder's input, on the same scale"),
        new("class", ColumnType.Int32, "class to which the decoder gives the highest probability there, by ONNX Runtime (Figure 2)"),
    ], ["run", "step", "row", "column"]);

    /// <exception cref="Core.GoldilocksException">The folder cannot be written.</exception>
    public static void Write(string path, IEnumerable<DecoderMap> maps)
    {
        using var table = new TableWriter(Schema);
        foreach (var map in maps)
        {
            for (var point = 0; point < map.Classes.Length; point++)
            {
                var (row, column) = (point / map.Grid.Side, point % map.Grid.Side);
                table.Append(map.Run).Append((long?)map.Step).Append((int?)row).Append((int?)column)
                    .Append((double?)map.Grid.X(column)).Append((double?)map.Grid.Y(row)).Append((int?)map.Classes[point]).EndRow();
            }
        }

        table.Write(path);
    }
}
