namespace Goldilocks.Native;

/// <summary>What a Parquet table looks like.</summary>
public sealed record TableSchema
{
    /// <param name="name">The table's name, such as <c>curves</c>.</param>
    /// <param name="version">Its schema version, raised when a column changes its name, type or meaning.</param>
    /// <param name="columns">The columns in the order in which rows are appended.</param>
    /// <param name="key">Names of the columns that order the rows.</param>
    /// <exception cref="ArgumentException">No column, a name twice, or an unknown key column.</exception>
    public TableSchema(string name, int version, IReadOnlyList<Column> columns, IReadOnlyList<string> key)
    {
        if (columns.Count == 0) throw new ArgumentException($"table {name} has no columns", nameof(columns));
        var names = columns.Select(column => column.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        if (names.Count != columns.Count) throw new ArgumentException($"table {name} has a column twice", nameof(columns));
        if (key.FirstOrDefault(column => !names.Contains(column)) is { } unknown) throw new ArgumentException($"table {name} has no key column {unknown}", nameof(key));
        (Name, Version, Columns, Key) = (name, version, columns, key);
    }

    public string Name { get; }

    public int Version { get; }

    public IReadOnlyList<Column> Columns { get; }

    /// <summary>Columns that order the rows; ties are broken by the remaining columns, so equal rows give equal bytes in whatever order they came.</summary>
    public IReadOnlyList<string> Key { get; }
}
