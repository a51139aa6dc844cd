using System.Text.Json;
using Goldilocks.Native;

namespace Goldilocks.Train;

/// <summary>One row of a table before there is a table: computed where the run was trained, appended where the sweep is put together.</summary>
internal sealed class RowCells
{
    private readonly List<object?> _cells = [];

    public RowCells Append(string? value) => Add(value);

    public RowCells Append(int? value) => Add(value is { } whole ? (long)whole : null);

    public RowCells Append(long? value) => Add(value);

    public RowCells Append(double? value) => Add(value);

    /// <summary>Numbers as JSON writes them back exactly; NaN and the infinities, which it lacks, as text.</summary>
    public JsonElement[] ToJson() => [.. _cells.Select(cell => cell switch
    {
        double number when !double.IsFinite(number) => JsonSerializer.SerializeToElement(number.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        _ => JsonSerializer.SerializeToElement(cell),
    })];

    /// <summary>Appends a row that <see cref="ToJson"/> wrote.</summary>
    public static void Append(TableWriter table, IReadOnlyList<JsonElement> row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (row[i].ValueKind == JsonValueKind.Null)
            {
                table.AppendNull();
                continue;
            }

            switch (table.Schema.Columns[i].Type)
            {
                case ColumnType.Text: table.Append(row[i].GetString()); break;
                case ColumnType.Float64: table.Append((double?)(row[i].ValueKind == JsonValueKind.String ? double.Parse(row[i].GetString()!, System.Globalization.CultureInfo.InvariantCulture) : row[i].GetDouble())); break;
                case ColumnType.Int32: table.Append((int?)row[i].GetInt32()); break;
                default: table.Append((long?)row[i].GetInt64()); break;
            }
        }

        table.EndRow();
    }

    private RowCells Add(object? value)
    {
        _cells.Add(value);
        return this;
    }
}
