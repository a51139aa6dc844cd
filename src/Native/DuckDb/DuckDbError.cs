using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>DuckDB's messages as one line: the paragraph that says what is wrong, without the excerpt of the statement.</summary>
internal static class DuckDbError
{
    public static GoldilocksException From(nint message) => new(OneLine(Marshal.PtrToStringUTF8(message) ?? "DuckDB failed and gave no reason."));

    internal static string OneLine(string message)
    {
        var lines = message.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .TakeWhile(line => !line.StartsWith("LINE ", StringComparison.Ordinal));
        return string.Join(' ', lines);
    }
}
