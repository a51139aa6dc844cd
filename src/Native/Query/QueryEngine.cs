using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>Answers SQL over Parquet files with an in-memory DuckDB. For one thread at a time; without network and without extensions.</summary>
public sealed unsafe class QueryEngine : IDisposable
{
    private readonly DuckDbConnection _connection;

    /// <param name="threads">Worker threads; 0 takes every core.</param>
    /// <exception cref="GoldilocksException">DuckDB's library is missing or foreign.</exception>
    public QueryEngine(int threads = 0) => _connection = new DuckDbConnection(threads);

    /// <summary>DuckDB's version, such as <c>v1.5.5</c>.</summary>
    /// <exception cref="GoldilocksException">DuckDB's library is missing or foreign.</exception>
    public static string Version => DuckDbApi.Instance.Version;

    /// <summary>
    /// Runs a statement and reads the whole result. Values of types without a .NET twin here (lists, structs, dates, times, enumerations,
    /// blobs) come as DuckDB's text; such a query is run a second time with those columns cast.
    /// </summary>
    /// <param name="sql">One statement, or several of which the last gives the result.</param>
    /// <param name="cancellation">Stops the statement.</param>
    /// <exception cref="GoldilocksException">DuckDB's message as one line.</exception>
    /// <exception cref="OperationCanceledException">Stopped through <paramref name="cancellation"/>.</exception>
    public QueryResult Query(string sql, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        using var registration = cancellation.Register(_connection.Interrupt);
        try
        {
            return Read(sql, names: null, out var columns) ?? Read(AsText(sql, columns), columns.Select(column => column.Name), out _)!;
        }
        catch (GoldilocksException e) when (cancellation.IsCancellationRequested)
        {
            throw new OperationCanceledException(e.Message, e, cancellation);
        }
    }

    /// <summary>Names Parquet files, all of one table, as a view; columns are matched by name.</summary>
    /// <exception cref="GoldilocksException">A file is missing or is no Parquet file.</exception>
    public void RegisterParquet(string view, params IEnumerable<string> files) => CreateView(SqlText.Identifier(view), files);

    /// <summary>Names every Parquet file below a folder as a view <c>schema.file</c> (schema <c>main</c>: <c>file</c> alone is enough); files of one name are one table.</summary>
    /// <returns>The number of views; 0 leaves nothing behind.</returns>
    /// <exception cref="GoldilocksException">A file is no Parquet file.</exception>
    public int RegisterFolder(string schema, string folder)
    {
        var tables = Directory.Exists(folder)
            ? Directory.GetFiles(folder, "*.parquet", SearchOption.AllDirectories).Order(StringComparer.Ordinal).GroupBy(file => Path.GetFileNameWithoutExtension(file)!).ToArray()
            : [];
        if (tables.Length > 0) _connection.Execute($"CREATE SCHEMA IF NOT EXISTS {SqlText.Identifier(schema)}");
        foreach (var table in tables) CreateView($"{SqlText.Identifier(schema)}.{SqlText.Identifier(table.Key)}", table);
        return tables.Length;
    }

    public void Dispose() => _connection.Dispose();

    private void CreateView(string name, IEnumerable<string> files) =>
        _connection.Execute($"CREATE OR REPLACE VIEW {name} AS SELECT * FROM read_parquet([{string.Join(", ", files.Select(SqlText.Literal))}], union_by_name => true)");

    private static string AsText(string sql, List<(string Name, DuckDbType Type)> columns) =>
        $"SELECT {string.Join(", ", columns.Select((column, i) => ResultColumns.Reads(column.Type) ? $"#{i + 1}" : $"CAST(#{i + 1} AS VARCHAR)"))} FROM ({sql.Trim().TrimEnd(';')}\n)";

    /// <summary>Reads a result under the given names, or its own; null when a column has to be cast first.</summary>
    private QueryResult? Read(string sql, IEnumerable<string>? names, out List<(string Name, DuckDbType Type)> columns)
    {
        var api = _connection.Api;
        columns = [];
        DuckDbResult result;
        try
        {
            _connection.Run(sql, &result);
            var given = names?.ToArray();
            for (var i = 0UL; i < api.ColumnCount(&result); i++)
            {
                columns.Add((given?[i] ?? Marshal.PtrToStringUTF8((nint)api.ColumnName(&result, i))!, (DuckDbType)api.ColumnType(&result, i)));
            }

            if (columns.Exists(column => !ResultColumns.Reads(column.Type))) return null;
            var read = new ResultColumn[columns.Count];
            for (var i = 0; i < read.Length; i++)
            {
                var (stored, places) = DecimalLayout(&result, i);
                read[i] = ResultColumns.Create(columns[i].Name, columns[i].Type, stored, places);
            }

            for (var chunk = api.FetchChunk(result); chunk != 0; chunk = api.FetchChunk(result))
            {
                var rows = (int)api.DataChunkGetSize(chunk);
                for (var i = 0; i < read.Length; i++)
                {
                    var vector = api.DataChunkGetVector(chunk, (ulong)i);
                    read[i].Decode(api.VectorGetData(vector), api.VectorGetValidity(vector), rows);
                }

                api.DestroyDataChunk(&chunk);
            }

            return new QueryResult(read);
        }
        finally
        {
            api.DestroyResult(&result);
        }
    }

    /// <summary>For DECIMAL columns the type of the stored integers and the number of decimal places.</summary>
    private (DuckDbType Stored, byte Places) DecimalLayout(DuckDbResult* result, int column)
    {
        var api = _connection.Api;
        if ((DuckDbType)api.ColumnType(result, (ulong)column) != DuckDbType.Decimal) return default;
        var type = api.ColumnLogicalType(result, (ulong)column);
        var layout = ((DuckDbType)api.DecimalInternalType(type), api.DecimalScale(type));
        api.DestroyLogicalType(&type);
        return layout;
    }
}
