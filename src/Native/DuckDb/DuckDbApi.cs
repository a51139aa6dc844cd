using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>The functions of <c>duckdb.h</c> that this project calls, as pointers taken from the loaded library.</summary>
internal sealed unsafe class DuckDbApi
{
    /// <summary>The oldest library whose data chunk functions and COPY options are the ones used here.</summary>
    private static readonly Version Oldest = new(1, 2);

    private static readonly Lazy<DuckDbApi> Loaded = new(() => new DuckDbApi(NativeLibraries.DuckDbPath));

    public static DuckDbApi Instance => Loaded.Value;

    // state duckdb_open_ext(const char *path, database *out, config, char **error)
    public readonly delegate* unmanaged[Cdecl]<byte*, nint*, nint, byte**, int> OpenExt;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> Close;
    public readonly delegate* unmanaged[Cdecl]<nint, nint*, int> Connect;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> Disconnect;
    public readonly delegate* unmanaged[Cdecl]<nint, void> Interrupt;
    public readonly delegate* unmanaged[Cdecl]<nint*, int> CreateConfig;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, int> SetConfig;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> DestroyConfig;
    public readonly delegate* unmanaged[Cdecl]<void*, void> Free;

    public readonly delegate* unmanaged[Cdecl]<nint, byte*, DuckDbResult*, int> Query;
    public readonly delegate* unmanaged[Cdecl]<DuckDbResult*, void> DestroyResult;
    public readonly delegate* unmanaged[Cdecl]<DuckDbResult*, byte*> ResultError;
    public readonly delegate* unmanaged[Cdecl]<DuckDbResult*, ulong> ColumnCount;
    public readonly delegate* unmanaged[Cdecl]<DuckDbResult*, ulong, byte*> ColumnName;
    public readonly delegate* unmanaged[Cdecl]<DuckDbResult*, ulong, int> ColumnType;
    public readonly delegate* unmanaged[Cdecl]<DuckDbResult*, ulong, nint> ColumnLogicalType;
    public readonly delegate* unmanaged[Cdecl]<DuckDbResult, nint> FetchChunk;

    public readonly delegate* unmanaged[Cdecl]<int, nint> CreateLogicalType;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> DestroyLogicalType;
    public readonly delegate* unmanaged[Cdecl]<nint, byte> DecimalScale;
    public readonly delegate* unmanaged[Cdecl]<nint, int> DecimalInternalType;

    public readonly delegate* unmanaged[Cdecl]<ulong> VectorSize;
    public readonly delegate* unmanaged[Cdecl]<nint*, ulong, nint> CreateDataChunk;
    public readonly delegate* unmanaged[Cdecl]<nint*, void> DestroyDataChunk;
    public readonly delegate* unmanaged[Cdecl]<nint, void> DataChunkReset;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong, nint> DataChunkGetVector;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong> DataChunkGetSize;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong, void> DataChunkSetSize;
    public readonly delegate* unmanaged[Cdecl]<nint, void*> VectorGetData;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong*> VectorGetValidity;
    public readonly delegate* unmanaged[Cdecl]<nint, void> VectorEnsureValidityWritable;
    public readonly delegate* unmanaged[Cdecl]<nint, ulong, byte*, ulong, void> VectorAssignString;

    // state duckdb_appender_create(connection, const char *schema, const char *table, appender *out)
    public readonly delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint*, int> AppenderCreate;
    public readonly delegate* unmanaged[Cdecl]<nint, nint, int> AppendDataChunk;
    public readonly delegate* unmanaged[Cdecl]<nint, int> AppenderFlush;
    public readonly delegate* unmanaged[Cdecl]<nint, byte*> AppenderError;
    public readonly delegate* unmanaged[Cdecl]<nint*, int> AppenderDestroy;

    /// <summary>The library's version, such as <c>v1.5.5</c>.</summary>
    public string Version { get; }

    /// <summary>Loads the library at <paramref name="path"/>.</summary>
    /// <exception cref="GoldilocksException">Missing, not loadable, another library, or too old.</exception>
    public DuckDbApi(string path)
    {
        var module = NativeLibraries.Load("DuckDB", path, NativeLibraries.DuckDbVariable, "duckdb_open_ext");
        void* Function(string name) =>
            NativeLibrary.TryGetExport(module, name, out var address)
                ? (void*)address
                : throw new GoldilocksException($"DuckDB: {path} exports no {name}; version {Oldest} or newer is needed. {NativeLibraries.Hint(NativeLibraries.DuckDbVariable)}");

        var version = (delegate* unmanaged[Cdecl]<byte*>)Function("duckdb_library_version");
        Version = Marshal.PtrToStringUTF8((nint)version()) ?? "";
        RequireVersion(Version, path);

        OpenExt = (delegate* unmanaged[Cdecl]<byte*, nint*, nint, byte**, int>)Function("duckdb_open_ext");
        Close = (delegate* unmanaged[Cdecl]<nint*, void>)Function("duckdb_close");
        Connect = (delegate* unmanaged[Cdecl]<nint, nint*, int>)Function("duckdb_connect");
        Disconnect = (delegate* unmanaged[Cdecl]<nint*, void>)Function("duckdb_disconnect");
        Interrupt = (delegate* unmanaged[Cdecl]<nint, void>)Function("duckdb_interrupt");
        CreateConfig = (delegate* unmanaged[Cdecl]<nint*, int>)Function("duckdb_create_config");
        SetConfig = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, int>)Function("duckdb_set_config");
        DestroyConfig = (delegate* unmanaged[Cdecl]<nint*, void>)Function("duckdb_destroy_config");
        Free = (delegate* unmanaged[Cdecl]<void*, void>)Function("duckdb_free");
        Query = (delegate* unmanaged[Cdecl]<nint, byte*, DuckDbResult*, int>)Function("duckdb_query");
        DestroyResult = (delegate* unmanaged[Cdecl]<DuckDbResult*, void>)Function("duckdb_destroy_result");
        ResultError = (delegate* unmanaged[Cdecl]<DuckDbResult*, byte*>)Function("duckdb_result_error");
        ColumnCount = (delegate* unmanaged[Cdecl]<DuckDbResult*, ulong>)Function("duckdb_column_count");
        ColumnName = (delegate* unmanaged[Cdecl]<DuckDbResult*, ulong, byte*>)Function("duckdb_column_name");
        ColumnType = (delegate* unmanaged[Cdecl]<DuckDbResult*, ulong, int>)Function("duckdb_column_type");
        ColumnLogicalType = (delegate* unmanaged[Cdecl]<DuckDbResult*, ulong, nint>)Function("duckdb_column_logical_type");
        FetchChunk = (delegate* unmanaged[Cdecl]<DuckDbResult, nint>)Function("duckdb_fetch_chunk");
        CreateLogicalType = (delegate* unmanaged[Cdecl]<int, nint>)Function("duckdb_create_logical_type");
        DestroyLogicalType = (delegate* unmanaged[Cdecl]<nint*, void>)Function("duckdb_destroy_logical_type");
        DecimalScale = (delegate* unmanaged[Cdecl]<nint, byte>)Function("duckdb_decimal_scale");
        DecimalInternalType = (delegate* unmanaged[Cdecl]<nint, int>)Function("duckdb_decimal_internal_type");
        VectorSize = (delegate* unmanaged[Cdecl]<ulong>)Function("duckdb_vector_size");
        CreateDataChunk = (delegate* unmanaged[Cdecl]<nint*, ulong, nint>)Function("duckdb_create_data_chunk");
        DestroyDataChunk = (delegate* unmanaged[Cdecl]<nint*, void>)Function("duckdb_destroy_data_chunk");
        DataChunkReset = (delegate* unmanaged[Cdecl]<nint, void>)Function("duckdb_data_chunk_reset");
        DataChunkGetVector = (delegate* unmanaged[Cdecl]<nint, ulong, nint>)Function("duckdb_data_chunk_get_vector");
        DataChunkGetSize = (delegate* unmanaged[Cdecl]<nint, ulong>)Function("duckdb_data_chunk_get_size");
        DataChunkSetSize = (delegate* unmanaged[Cdecl]<nint, ulong, void>)Function("duckdb_data_chunk_set_size");
        VectorGetData = (delegate* unmanaged[Cdecl]<nint, void*>)Function("duckdb_vector_get_data");
        VectorGetValidity = (delegate* unmanaged[Cdecl]<nint, ulong*>)Function("duckdb_vector_get_validity");
        VectorEnsureValidityWritable = (delegate* unmanaged[Cdecl]<nint, void>)Function("duckdb_vector_ensure_validity_writable");
        VectorAssignString = (delegate* unmanaged[Cdecl]<nint, ulong, byte*, ulong, void>)Function("duckdb_vector_assign_string_element_len");
        AppenderCreate = (delegate* unmanaged[Cdecl]<nint, byte*, byte*, nint*, int>)Function("duckdb_appender_create");
        AppendDataChunk = (delegate* unmanaged[Cdecl]<nint, nint, int>)Function("duckdb_append_data_chunk");
        AppenderFlush = (delegate* unmanaged[Cdecl]<nint, int>)Function("duckdb_appender_flush");
        AppenderError = (delegate* unmanaged[Cdecl]<nint, byte*>)Function("duckdb_appender_error");
        AppenderDestroy = (delegate* unmanaged[Cdecl]<nint*, int>)Function("duckdb_appender_destroy");
    }

    /// <summary>Rejects a library that says it is older than <see cref="Oldest"/>; development builds without a number pass.</summary>
    internal static void RequireVersion(string version, string path)
    {
        var parts = version.TrimStart('v').Split('.', '-');
        if (parts.Length < 2 || !int.TryParse(parts[0], out var major) || !int.TryParse(parts[1], out var minor)) return;
        if (new Version(major, minor) < Oldest)
        {
            throw new GoldilocksException($"DuckDB: {path} is version {version}; {Oldest} or newer is needed. {NativeLibraries.Hint(NativeLibraries.DuckDbVariable)}");
        }
    }
}
