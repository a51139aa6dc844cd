using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>
/// Collects rows and writes them as a Parquet file whose bytes depend on nothing but the rows, the schema and DuckDB's version:
/// one thread, rows ordered by the schema's key and then by every other column, fixed row groups, no timestamps. Not thread-safe.
/// </summary>
/// <example><c>writer.Append(run).Append(step).Append(0.5).EndRow();</c></example>
public sealed unsafe class TableWriter : IDisposable
{
    /// <summary>Rows per row group.</summary>
    private const int RowGroup = 122_880;

    /// <summary>Memory of a table (MiB), beyond which it goes to temporary files.</summary>
    private const int MostMemory = 192;

    private readonly DuckDbConnection _connection;
    private readonly DuckDbApi _api;
    private readonly ColumnType[] _types;
    private readonly nint[] _vectors;
    private readonly nint[] _data;
    private readonly int _capacity;
    private nint _appender;
    private nint _chunk;
    private int _row;
    private int _column;

    /// <summary>Opens an empty table.</summary>
    /// <exception cref="GoldilocksException">DuckDB's library is missing or foreign.</exception>
    public TableWriter(TableSchema schema)
    {
        Schema = schema;
        _types = [.. schema.Columns.Select(column => column.Type)];
        _vectors = new nint[_types.Length];
        _data = new nint[_types.Length];
        _connection = new DuckDbConnection(threads: 1, MostMemory);
        _api = _connection.Api;
        _capacity = (int)_api.VectorSize();
        try
        {
            _connection.Execute($"CREATE TABLE rows ({string.Join(", ", schema.Columns.Select(column => $"{SqlText.Identifier(column.Name)} {SqlType(column.Type)}"))})");
            OpenAppender();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public TableSchema Schema { get; }

    /// <summary>Finished rows.</summary>
    public long RowCount { get; private set; }

    /// <summary>Appends the next value of the row: text.</summary>
    /// <exception cref="InvalidOperationException">The next column has another type, or the row is full.</exception>
    [SkipLocalsInit]
    public TableWriter Append(string? value)
    {
        if (value is null) return AppendNull();
        Expect(ColumnType.Text);
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = most <= 512 ? stackalloc byte[512] : new byte[most];
        var length = Encoding.UTF8.GetBytes(value, buffer);
        fixed (byte* text = buffer) _api.VectorAssignString(_vectors[_column], (ulong)_row, text, (ulong)length);
        _column++;
        return this;
    }

    /// <summary>Appends the next value of the row: an integer, also into 64-bit columns.</summary>
    /// <inheritdoc cref="Append(string?)"/>
    public TableWriter Append(int? value)
    {
        if (value is null) return AppendNull();
        if (_column < _types.Length && _types[_column] == ColumnType.Int64) return Append((long)value);
        Expect(ColumnType.Int32);
        ((int*)_data[_column++])[_row] = value.Value;
        return this;
    }

    /// <summary>Appends the next value of the row: a 64-bit integer.</summary>
    /// <inheritdoc cref="Append(string?)"/>
    public TableWriter Append(long? value)
    {
        if (value is null) return AppendNull();
        Expect(ColumnType.Int64);
        ((long*)_data[_column++])[_row] = value.Value;
        return this;
    }

    /// <summary>Appends the next value of the row: a number.</summary>
    /// <inheritdoc cref="Append(string?)"/>
    public TableWriter Append(double? value)
    {
        if (value is null) return AppendNull();
        Expect(ColumnType.Float64);
        ((double*)_data[_column++])[_row] = value.Value;
        return this;
    }

    /// <summary>Appends the next value of the row: true or false.</summary>
    /// <inheritdoc cref="Append(string?)"/>
    public TableWriter Append(bool? value)
    {
        if (value is null) return AppendNull();
        Expect(ColumnType.Boolean);
        ((byte*)_data[_column++])[_row] = value.Value ? (byte)1 : (byte)0;
        return this;
    }

    /// <summary>Leaves the next value of the row empty, whatever its type.</summary>
    /// <exception cref="InvalidOperationException">The row is full.</exception>
    public TableWriter AppendNull()
    {
        if (_column >= _types.Length) throw TooMany();
        var vector = _vectors[_column++];
        _api.VectorEnsureValidityWritable(vector);
        _api.VectorGetValidity(vector)[_row >> 6] &= ~(1UL << (_row & 63));
        return this;
    }

    /// <summary>Finishes the row.</summary>
    /// <exception cref="InvalidOperationException">A column is missing.</exception>
    public void EndRow()
    {
        if (_column != _types.Length) throw new InvalidOperationException($"table {Schema.Name}: a row ended before column {Schema.Columns[_column].Name}");
        _column = 0;
        RowCount++;
        if (++_row == _capacity) FlushChunk();
    }

    /// <summary>Writes all rows to <paramref name="path"/>, whole or not at all. More rows may follow, for another file.</summary>
    /// <exception cref="GoldilocksException">The folder cannot be written or is full.</exception>
    public void Write(string path)
    {
        if (_column != 0) throw new InvalidOperationException($"table {Schema.Name}: a row is unfinished");
        FlushChunk();
        Check(_api.AppenderFlush(_appender));
        AtomicFile.Produce(path, CopyTo);
    }

    /// <summary>Writes the rows into a file.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    internal void CopyTo(string path)
    {
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.Write).Dispose();
        try
        {
            _connection.Execute($"COPY (SELECT * FROM rows ORDER BY {Order()}) TO {SqlText.Literal(path)} ({Options()})");
        }
        catch (GoldilocksException e) when (e.Message.StartsWith("IO Error", StringComparison.Ordinal))
        {
            throw new IOException(e.Message, e);
        }
    }

    public void Dispose()
    {
        fixed (nint* chunk = &_chunk, appender = &_appender)
        {
            if (*chunk != 0) _api.DestroyDataChunk(chunk);
            if (*appender != 0) _ = _api.AppenderDestroy(appender);
        }

        _connection.Dispose();
    }

    private static string SqlType(ColumnType type) => type switch
    {
        ColumnType.Text => "VARCHAR",
        ColumnType.Int32 => "INTEGER",
        ColumnType.Int64 => "BIGINT",
        ColumnType.Float64 => "DOUBLE",
        ColumnType.Boolean => "BOOLEAN",
        _ => throw new UnreachableException(),
    };

    /// <summary>
    /// The key first, then every other column: a total order, so the order of appending never shows. Numbers are ordered by their negative, from
    /// the greatest: DuckDB rebuilds columns that are sort keys themselves from those keys, and -0 would come back as 0.
    /// </summary>
    private string Order()
    {
        var types = Schema.Columns.ToDictionary(column => column.Name, column => column.Type, StringComparer.OrdinalIgnoreCase);
        return string.Join(", ", Schema.Key.Concat(types.Keys).Distinct(StringComparer.OrdinalIgnoreCase)
            .Select(name => (Name: SqlText.Identifier(name), Number: types[name] == ColumnType.Float64))
            .Select(column => column.Number ? $"-{column.Name} DESC NULLS FIRST" : $"{column.Name} ASC NULLS FIRST"));
    }

    private string Options()
    {
        var metadata = new[] { ("table", Schema.Name), ("schema_version", Schema.Version.ToString(CultureInfo.InvariantCulture)) }
            .Concat(Schema.Columns.Select(column => ($"doc.{column.Name}", column.Doc)))
            .Select(pair => $"{SqlText.Identifier(pair.Item1)}: {SqlText.Literal(pair.Item2)}");
        return $"FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 3, ROW_GROUP_SIZE {RowGroup}, USE_TMP_FILE false, KV_METADATA {{{string.Join(", ", metadata)}}}";
    }

    private void Expect(ColumnType type)
    {
        if (_column >= _types.Length) throw TooMany();
        if (_types[_column] != type) throw new InvalidOperationException($"table {Schema.Name}: column {Schema.Columns[_column].Name} holds {_types[_column]}, not {type}");
    }

    private InvalidOperationException TooMany() => new($"table {Schema.Name}: a row has more than {_types.Length} values");

    private void OpenAppender()
    {
        fixed (byte* table = "rows\0"u8)
        fixed (nint* appender = &_appender)
        {
            if (_api.AppenderCreate(_connection.Handle, null, table, appender) != 0) throw DuckDbError.From((nint)_api.AppenderError(*appender));
        }

        var types = stackalloc nint[_types.Length];
        for (var i = 0; i < _types.Length; i++) types[i] = _api.CreateLogicalType((int)LogicalType(_types[i]));
        _chunk = _api.CreateDataChunk(types, (ulong)_types.Length);
        for (var i = 0; i < _types.Length; i++) _api.DestroyLogicalType(types + i);
        FetchVectors();
    }

    private static DuckDbType LogicalType(ColumnType type) => type switch
    {
        ColumnType.Text => DuckDbType.VarChar,
        ColumnType.Int32 => DuckDbType.Integer,
        ColumnType.Int64 => DuckDbType.BigInt,
        ColumnType.Float64 => DuckDbType.Double,
        ColumnType.Boolean => DuckDbType.Boolean,
        _ => throw new UnreachableException(),
    };

    private void FlushChunk()
    {
        if (_row == 0) return;
        _api.DataChunkSetSize(_chunk, (ulong)_row);
        Check(_api.AppendDataChunk(_appender, _chunk));
        _api.DataChunkReset(_chunk);
        FetchVectors();
        _row = 0;
    }

    private void FetchVectors()
    {
        for (var i = 0; i < _types.Length; i++)
        {
            _vectors[i] = _api.DataChunkGetVector(_chunk, (ulong)i);
            _data[i] = (nint)_api.VectorGetData(_vectors[i]);
        }
    }

    private void Check(int state)
    {
        if (state != 0) throw DuckDbError.From((nint)_api.AppenderError(_appender));
    }
}
