using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>The rows of a query, held by column.</summary>
public sealed class QueryResult
{
    private readonly Lazy<IReadOnlyList<object?[]>> _rows;

    internal QueryResult(IReadOnlyList<ResultColumn> columns)
    {
        Columns = columns;
        _rows = new(() => [.. Enumerable.Range(0, RowCount).Select(row => Columns.Select(column => column[row]).ToArray())]);
    }

    public IReadOnlyList<ResultColumn> Columns { get; }

    public int RowCount => Columns.Count == 0 ? 0 : Columns[0].Count;

    /// <summary>The values row by row, in the order of <see cref="Columns"/>.</summary>
    public IReadOnlyList<object?[]> Rows => _rows.Value;

    /// <summary>The column of a name, whatever its case.</summary>
    /// <exception cref="GoldilocksException">There is none.</exception>
    public ResultColumn this[string name] => Columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new GoldilocksException($"the result has no column {name}. {Suggest.Hint(name, Columns.Select(column => column.Name))}");
}
