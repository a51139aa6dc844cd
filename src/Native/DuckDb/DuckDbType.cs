namespace Goldilocks.Native;

/// <summary><c>duckdb_type</c>, as far as values are decoded here; every other type is read as text.</summary>
internal enum DuckDbType
{
    Boolean = 1,
    TinyInt = 2,
    SmallInt = 3,
    Integer = 4,
    BigInt = 5,
    UTinyInt = 6,
    USmallInt = 7,
    UInteger = 8,
    UBigInt = 9,
    Float = 10,
    Double = 11,
    HugeInt = 16,
    VarChar = 17,
    Decimal = 19,
}
