namespace Goldilocks.Native.Tests;

/// <summary>A table with every column type, nulls and texts that are awkward to store.</summary>
internal static class SampleTable
{
    public static readonly TableSchema Schema = new(
        "sample",
        3,
        [
            new("run", ColumnType.Text, "Identity of the run; it's \"quoted\" and ünïcode ✓."),
            new("symbol", ColumnType.Int32, "Symbol, from 0."),
            new("step", ColumnType.Int64, "Step; null when never reached."),
            new("value", ColumnType.Float64, "Loss, dimensionless."),
            new("finished", ColumnType.Boolean, "Whether the run ended by itself."),
        ],
        ["run", "step"]);

    public static readonly (string? Run, int? Symbol, long? Step, double? Value, bool? Finished)[] Rows =
    [
        ("b", 1, 5_000_000_000, 0.1, true),
        (null, null, null, null, null),
        ("a", int.MinValue, long.MinValue, double.NaN, false),
        ("a", int.MaxValue, long.MaxValue, double.PositiveInfinity, true),
        ("Größe 学習 🙂 it's 'quoted' \"twice\"\nsecond line", 0, 0, -0.0, false),
        ("exactly12byt", 12, 12, double.Epsilon, null),
        ("thirteen byte", 13, 13, 1.0 / 3.0, null),
        ("", 14, null, double.MaxValue, true),
    ];

    /// <summary>Writes the rows, in the order given by <paramref name="order"/>.</summary>
    public static void Write(string path, IEnumerable<int> order)
    {
        using var writer = new TableWriter(Schema);
        foreach (var i in order)
        {
            var row = Rows[i];
            writer.Append(row.Run).Append(row.Symbol).Append(row.Step).Append(row.Value).Append(row.Finished).EndRow();
        }

        writer.Write(path);
    }
}
