using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>One row of a table, by column name.</summary>
/// <param name="table">The table's name, for complaints.</param>
/// <param name="columns">Names and values in the table's order.</param>
internal class TableRow(string table, IReadOnlyList<KeyValuePair<string, object?>> columns)
{
    private readonly Dictionary<string, object?> _values = columns.ToDictionary(StringComparer.Ordinal);

    public object? Value(string column) => _values.GetValueOrDefault(column);

    public string? Text(string column) => Value(column) as string;

    public long? Integer(string column) => Value(column) is sbyte or short or int or long ? Convert.ToInt64(Value(column), CultureInfo.InvariantCulture) : null;

    public double? Number(string column) => Value(column) switch
    {
        null or string => null,
        var value => Convert.ToDouble(value, CultureInfo.InvariantCulture),
    };

    /// <summary>A value that every row has.</summary>
    /// <exception cref="GoldilocksException">This one has none.</exception>
    public long WholeNumber(string column) => Integer(column) ?? throw Missing(column);

    /// <inheritdoc cref="WholeNumber"/>
    public double RealNumber(string column) => Number(column) ?? throw Missing(column);

    /// <inheritdoc cref="WholeNumber"/>
    public string Words(string column) => Text(column) ?? throw Missing(column);

    private GoldilocksException Missing(string column) =>
        new($"{table}.parquet: a row has no {column}. It was written by another version; run the stage that writes it again.");
}
