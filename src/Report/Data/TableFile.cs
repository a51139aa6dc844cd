using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>A Parquet table that is read with complaints that name the file.</summary>
internal sealed class TableFile
{
    private readonly QueryEngine _engine;
    private readonly string _table;
    private readonly string _path;
    private readonly HashSet<string> _columns;

    private TableFile(QueryEngine engine, string table, string path)
    {
        (_engine, _table, _path) = (engine, table, path);
        engine.RegisterParquet(table, path);
        _columns = [.. engine.Query($"SELECT * FROM {SqlText.Identifier(table)} LIMIT 0").Columns.Select(column => column.Name)];
    }

    /// <summary>Opens a table that must be there.</summary>
    /// <param name="engine">Answers the queries.</param>
    /// <param name="folder">Where it lies; null when the report was given no folder of that stage.</param>
    /// <param name="table">The file's name without ".parquet".</param>
    /// <param name="stage">The stage that writes it.</param>
    /// <exception cref="GoldilocksException">It is missing or no Parquet file.</exception>
    public static TableFile Open(QueryEngine engine, string? folder, string table, string stage)
    {
        if (folder is null) throw new GoldilocksException($"{table}.parquet: the report was given no folder of the {stage} stage, which writes it. Name that folder.");
        return TryOpen(engine, folder, table)
            ?? throw new GoldilocksException($"{Path.Combine(folder, table + ".parquet")}: no such file. The report needs the folder that the {stage} stage wrote.");
    }

    /// <summary>Opens a table, or returns null when the file is missing.</summary>
    /// <exception cref="GoldilocksException">It is no Parquet file.</exception>
    public static TableFile? TryOpen(QueryEngine engine, string folder, string table)
    {
        var path = Path.Combine(folder, table + ".parquet");
        if (!File.Exists(path)) return null;
        try
        {
            return new TableFile(engine, table, path);
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"{path}: cannot be read as Parquet ({e.Message.TrimEnd('.')}). Run the stage that writes it again.", inner: e);
        }
    }

    /// <summary>The file's name without ".parquet".</summary>
    public string Name => _table;

    public bool Has(string column) => _columns.Contains(column);

    /// <exception cref="GoldilocksException">One of the columns is missing.</exception>
    public void Require(params ReadOnlySpan<string> columns)
    {
        foreach (var column in columns)
        {
            if (!Has(column)) throw new GoldilocksException($"{_path}: has no column {column}. It was written by another version; run the stage that writes it again.");
        }
    }

    /// <summary>Rows of the columns that exist among <paramref name="optional"/> and of all of <paramref name="required"/>.</summary>
    /// <exception cref="GoldilocksException">A required column is missing.</exception>
    public QueryResult Select(IEnumerable<string> required, IEnumerable<string> optional, string rest, CancellationToken cancellation)
    {
        Require([.. required]);
        var columns = required.Concat(optional.Where(Has)).Select(SqlText.Identifier);
        return _engine.Query($"SELECT {string.Join(", ", columns)} FROM {SqlText.Identifier(_table)} {rest}", cancellation);
    }

    /// <summary>All columns in their order.</summary>
    public QueryResult SelectAll(string rest, CancellationToken cancellation) => _engine.Query($"SELECT * FROM {SqlText.Identifier(_table)} {rest}", cancellation);

    /// <summary>Rows of the columns that exist among <paramref name="optional"/> and of all of <paramref name="required"/>, by column name.</summary>
    /// <exception cref="GoldilocksException">A required column is missing.</exception>
    public IReadOnlyList<TableRow> Rows(IEnumerable<string> required, IEnumerable<string> optional, string rest, CancellationToken cancellation) =>
        ByName(Select(required, optional, rest, cancellation));

    /// <summary>Rows of computed columns, by column name.</summary>
    /// <param name="required">Columns that the expressions read.</param>
    /// <param name="expressions">SQL between SELECT and FROM.</param>
    /// <param name="rest">SQL after the table.</param>
    /// <param name="cancellation">Stops the query.</param>
    /// <exception cref="GoldilocksException">A required column is missing.</exception>
    public IReadOnlyList<TableRow> Compute(ReadOnlySpan<string> required, string expressions, string rest, CancellationToken cancellation)
    {
        Require(required);
        return ByName(_engine.Query($"SELECT {expressions} FROM {SqlText.Identifier(_table)} {rest}", cancellation));
    }

    private List<TableRow> ByName(QueryResult result) =>
        [.. result.Rows.Select(row => new TableRow(_table, [.. result.Columns.Select((column, i) => KeyValuePair.Create(column.Name, row[i]))]))];
}
