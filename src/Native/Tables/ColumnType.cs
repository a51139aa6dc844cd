namespace Goldilocks.Native;

/// <summary>Types of table columns; each may hold null.</summary>
public enum ColumnType
{
    /// <summary>UTF-8 text (VARCHAR).</summary>
    Text,

    /// <summary>32-bit integer (INTEGER).</summary>
    Int32,

    /// <summary>64-bit integer (BIGINT).</summary>
    Int64,

    /// <summary>Double precision number (DOUBLE).</summary>
    Float64,

    /// <summary>True or false (BOOLEAN).</summary>
    Boolean,
}
