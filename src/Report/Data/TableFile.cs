using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>A Parquet table that is read with complaints that name the file.</summary>
internal sealed class TableFile
{
    private readonly QueryEngine _engine;
    private readonly string _view;
    private readonly string _path;
    private readonly HashSet<string> _columns;

    private TableFile(QueryEngine engine, string view, string path)
    {
        (_engine, _view, _path) = (engine, view, path);
        engine.RegisterParquet(view, path);
        _columns = [.. engine.Query($"SELECT * FROM {SqlText.Identifier(view)} LIMIT 0").Columns.Select(column => column.Name)];
    }

    /// <summary>Opens a table that must be there.</summary>
    /// <exception cref="GoldilocksException">It is missing or no Parquet file.</exception>
    public static TableFile Open(QueryEngine engine, string folder, string table) => TryOpen(engine, folder, table)
        ?? throw new GoldilocksException($"{Path.Combine(folder, table + ".parquet")}: no such file. The report needs the folder that the train stage wrote.");

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
        return _engine.Query($"SELECT {string.Join(", ", columns)} FROM {SqlText.Identifier(_view)} {rest}", cancellation);
    }

    /// <summary>All columns in their order.</summary>
    public QueryResult SelectAll(string rest, CancellationToken cancellation) => _engine.Query($"SELECT * FROM {SqlText.Identifier(_view)} {rest}", cancellation);
}
