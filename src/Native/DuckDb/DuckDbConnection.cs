using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>An in-memory database with one connection, for one thread at a time. No extension is ever looked for or fetched.</summary>
internal sealed unsafe class DuckDbConnection : IDisposable
{
    private nint _database;
    private nint _connection;

    /// <param name="threads">Worker threads; 0 takes every core.</param>
    /// <param name="memory">Most memory before it goes to temporary files (MiB); null for DuckDB's own limit, most of the machine's.</param>
    public DuckDbConnection(int threads, int? memory = null)
    {
        Api = DuckDbApi.Instance;
        Open(threads > 0 ? threads : Environment.ProcessorCount, memory);
    }

    public DuckDbApi Api { get; }

    public nint Handle => _connection;

    /// <summary>Runs one or more statements and drops the result.</summary>
    /// <exception cref="GoldilocksException">DuckDB's message.</exception>
    public void Execute(string sql)
    {
        DuckDbResult result;
        try
        {
            Run(sql, &result);
        }
        finally
        {
            Api.DestroyResult(&result);
        }
    }

    /// <summary>Runs a statement; the caller destroys <paramref name="result"/>, also after an exception.</summary>
    /// <exception cref="GoldilocksException">DuckDB's message.</exception>
    public void Run(string sql, DuckDbResult* result)
    {
        *result = default;
        ObjectDisposedException.ThrowIf(_connection == 0, this);
        var text = Marshal.StringToCoTaskMemUTF8(sql);
        try
        {
            if (Api.Query(_connection, (byte*)text, result) != 0) throw DuckDbError.From((nint)Api.ResultError(result));
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }

    /// <summary>Stops the running statement, from any thread.</summary>
    public void Interrupt() => Api.Interrupt(_connection);

    public void Dispose()
    {
        fixed (nint* connection = &_connection, database = &_database)
        {
            if (*connection != 0) Api.Disconnect(connection);
            if (*database != 0) Api.Close(database);
        }
    }

    private void Open(int threads, int? memory)
    {
        nint config = 0;
        nint database = 0;
        nint connection = 0;
        byte* error = null;
        try
        {
            _ = Api.CreateConfig(&config);
            Set(config, "threads"u8, threads.ToString(System.Globalization.CultureInfo.InvariantCulture));
            Set(config, "autoinstall_known_extensions"u8, "false");
            Set(config, "autoload_known_extensions"u8, "false");
            Set(config, "temp_directory"u8, Path.Combine(Path.GetTempPath(), $"goldilocks-duckdb-{Environment.ProcessId}-{Guid.NewGuid():N}"));
            if (memory is { } limit) Set(config, "memory_limit"u8, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{limit}MiB"));
            if (Api.OpenExt(null, &database, config, &error) != 0) throw DuckDbError.From((nint)error);
            if (Api.Connect(database, &connection) != 0)
            {
                Api.Close(&database);
                throw new GoldilocksException("DuckDB: no connection to the in-memory database.", ExitCodes.StageFailed);
            }
        }
        finally
        {
            if (error is not null) Api.Free(error);
            Api.DestroyConfig(&config);
        }

        (_database, _connection) = (database, connection);
    }

    private void Set(nint config, ReadOnlySpan<byte> name, string value)
    {
        var text = Marshal.StringToCoTaskMemUTF8(value);
        try
        {
            fixed (byte* key = name)
            {
                if (Api.SetConfig(config, key, (byte*)text) != 0) throw new GoldilocksException($"DuckDB {Api.Version} has no option {System.Text.Encoding.UTF8.GetString(name)}.");
            }
        }
        finally
        {
            Marshal.FreeCoTaskMem(text);
        }
    }
}
