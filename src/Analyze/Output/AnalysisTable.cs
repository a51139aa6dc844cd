using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The table <c>analysis</c>.</summary>
internal static class AnalysisTable
{
    /// <summary>Raised when a column changes its name, type or meaning; 2 has more columns than 1 and all of its.</summary>
    public const int SchemaVersion = 2;

    public static TableSchema Schema { get; } = new("analysis", SchemaVersion,
    [
        new("run", ColumnType.Text, "identity of the run; of a model from elsewhere with a number at the end of its file's name, the rest of the name; null: no number"),
        new("step", ColumnType.Int64, "optimiser updates before these weights; of a model from elsewhere, the number at the end of its file's name; null: no number"),
        new("model", ColumnType.Text, "file of the model, relative to the folder that was analysed"),
        new("recipe", ColumnType.Text, "task, model and optimiser; null: not stated"),
        new("convention", ColumnType.Text, "paper or reference: whose definitions hold where they differ; null: not stated"),
        .. Measures.All.SelectMany(measure => measure.Columns.Select(column => column with { Doc = $"{column.Doc} ({measure.Source})" })),
        new("note", ColumnType.Text, "what could not be measured, and why; null: everything was"),
        new("schema_version", ColumnType.Int32, "version of this table's columns"),
    ], ["run", "step", "model"]);

    /// <exception cref="Core.GoldilocksException">The folder cannot be written.</exception>
    public static void Write(string path, IEnumerable<AnalysisRow> rows)
    {
        using var table = new TableWriter(Schema);
        foreach (var row in rows)
        {
            table.Append(row.Run).Append(row.Step).Append(row.Model).Append(row.Recipe).Append(row.Convention);
            for (var i = 0; i < row.Values.Count; i++)
            {
                if (Measures.Columns[i].Type == ColumnType.Int64) table.Append((long?)row.Values[i]);
                else table.Append(row.Values[i]);
            }

            table.Append(row.Note).Append((int?)SchemaVersion).EndRow();
        }

        table.Write(path);
    }

    /// <summary>A row's cells by column name, in the table's order: text, integers, numbers or null.</summary>
    public static IEnumerable<KeyValuePair<string, object?>> Cells(AnalysisRow row)
    {
        object?[] cells =
        [
            row.Run, row.Step, row.Model, row.Recipe, row.Convention,
            .. row.Values.Select((value, i) => value is { } number && Measures.Columns[i].Type == ColumnType.Int64 ? (long)number : (object?)value),
            row.Note, SchemaVersion,
        ];
        return Schema.Columns.Zip(cells, (column, cell) => KeyValuePair.Create(column.Name, cell));
    }
}
