using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>Makes the column that decodes a DuckDB type.</summary>
internal static unsafe class ResultColumns
{
    /// <summary>Whether values of a type are decoded as they are; others must be cast to text by the query.</summary>
    public static bool Reads(DuckDbType type) => Enum.IsDefined(type);

    /// <param name="name">The column's name.</param>
    /// <param name="type">Its type, one that <see cref="Reads"/> accepts.</param>
    /// <param name="stored">For DECIMAL the type of the stored integers.</param>
    /// <param name="places">For DECIMAL the number of decimal places.</param>
    public static ResultColumn Create(string name, DuckDbType type, DuckDbType stored, byte places) => type switch
    {
        DuckDbType.Boolean => new ResultColumn<bool>(name, static (data, i) => ((byte*)data)[i] != 0),
        DuckDbType.TinyInt => Plain<sbyte>(name),
        DuckDbType.SmallInt => Plain<short>(name),
        DuckDbType.Integer => Plain<int>(name),
        DuckDbType.BigInt => Plain<long>(name),
        DuckDbType.UTinyInt => Plain<byte>(name),
        DuckDbType.USmallInt => Plain<ushort>(name),
        DuckDbType.UInteger => Plain<uint>(name),
        DuckDbType.UBigInt => Plain<ulong>(name),
        DuckDbType.Float => Plain<float>(name),
        DuckDbType.Double => Plain<double>(name),
        DuckDbType.VarChar => new ResultColumn<string>(name, static (data, i) => DuckDbString.Read((DuckDbString*)data + i)),
        DuckDbType.HugeInt => new ResultColumn<decimal>(name, (data, i) => Narrow(name, ((Int128*)data)[i], 0)),
        DuckDbType.Decimal => new ResultColumn<decimal>(name, stored switch
        {
            DuckDbType.SmallInt => (data, i) => Narrow(name, ((short*)data)[i], places),
            DuckDbType.Integer => (data, i) => Narrow(name, ((int*)data)[i], places),
            DuckDbType.BigInt => (data, i) => Narrow(name, ((long*)data)[i], places),
            _ => (data, i) => Narrow(name, ((Int128*)data)[i], places),
        }),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "cast it to text"),
    };

    private static ResultColumn<T> Plain<T>(string name)
        where T : unmanaged => new(name, static (data, i) => ((T*)data)[i]);

    private static decimal Narrow(string column, Int128 value, byte places)
    {
        try
        {
            return places <= 28 ? (decimal)value * new decimal(1, 0, 0, false, places) : throw new OverflowException();
        }
        catch (OverflowException e)
        {
            throw new GoldilocksException($"column {column} holds a number of more than 28 digits. CAST it to DOUBLE or VARCHAR in the query.", inner: e);
        }
    }
}
