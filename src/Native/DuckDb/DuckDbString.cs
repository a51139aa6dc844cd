using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Goldilocks.Native;

/// <summary><c>duckdb_string_t</c>: a length, then either the text itself (12 bytes at most) or four bytes of it and a pointer.</summary>
[StructLayout(LayoutKind.Explicit, Size = 16)]
internal unsafe struct DuckDbString
{
    private const uint Inlined = 12;

    [FieldOffset(0)]
    private readonly uint _length;

    [FieldOffset(4)]
    private readonly byte _first;

    [FieldOffset(8)]
    private readonly byte* _pointer;

    /// <summary>Reads the text at <paramref name="value"/>, which must not move meanwhile.</summary>
    public static string Read(DuckDbString* value) => value->_length <= Inlined
        ? Encoding.UTF8.GetString((byte*)Unsafe.AsPointer(ref Unsafe.AsRef(in value->_first)), (int)value->_length)
        : Encoding.UTF8.GetString(value->_pointer, (int)value->_length);
}
