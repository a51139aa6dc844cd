using System.Runtime.InteropServices;

namespace Goldilocks.Native;

/// <summary><c>duckdb_result</c>: six words that only the library reads; passed by value to <c>duckdb_fetch_chunk</c>.</summary>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct DuckDbResult
{
    private fixed ulong _words[6];
}
