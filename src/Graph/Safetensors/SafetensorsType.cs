namespace Goldilocks.Graph.Safetensors;

/// <summary>The format's names of element types.</summary>
internal static class SafetensorsType
{
    private static readonly (ElementType Type, string Name)[] Table =
    [
        (ElementType.Float32, "F32"), (ElementType.Float64, "F64"), (ElementType.Float16, "F16"), (ElementType.BFloat16, "BF16"),
        (ElementType.Int64, "I64"), (ElementType.Int32, "I32"), (ElementType.Int16, "I16"), (ElementType.Int8, "I8"),
        (ElementType.UInt64, "U64"), (ElementType.UInt32, "U32"), (ElementType.UInt16, "U16"), (ElementType.UInt8, "U8"),
        (ElementType.Bool, "BOOL"),
    ];

    public static IEnumerable<string> Names => Table.Select(entry => entry.Name);

    public static string Name(ElementType type) => Table.First(entry => entry.Type == type).Name;

    /// <summary><see cref="ElementType.Undefined"/> for an unknown name.</summary>
    public static ElementType Parse(string name) => Table.FirstOrDefault(entry => entry.Name == name).Type;
}
