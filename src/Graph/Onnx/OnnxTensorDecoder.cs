using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Goldilocks.Core;
using Goldilocks.Graph.Protos;
using Google.Protobuf.Collections;

namespace Goldilocks.Graph.Onnx;

/// <summary>Dense tensors: raw bytes or one of the typed lists, whose length must be exactly what the shape says.</summary>
/// <param name="file">What messages begin with.</param>
internal sealed class OnnxTensorDecoder(string file)
{
    /// <summary>Names of all data types of the format, by number.</summary>
    private static readonly string[] TypeNames =
    [
        "UNDEFINED", "FLOAT", "UINT8", "INT8", "UINT16", "INT16", "INT32", "INT64", "STRING", "BOOL", "FLOAT16", "DOUBLE", "UINT32", "UINT64",
        "COMPLEX64", "COMPLEX128", "BFLOAT16", "FLOAT8E4M3FN", "FLOAT8E4M3FNUZ", "FLOAT8E5M2", "FLOAT8E5M2FNUZ", "UINT4", "INT4", "FLOAT4E2M1",
    ];

    /// <exception cref="GoldilocksException">The number is no supported type.</exception>
    public ElementType Type(int number, string owner)
    {
        if (number != 0 && Enum.IsDefined((ElementType)number)) return (ElementType)number;
        var name = (uint)number < (uint)TypeNames.Length ? TypeNames[number] : $"number {number}";
        throw Refuse(owner, $"has the element type {name}, which is not supported (supported: {string.Join(", ", Supported)})");
    }

    /// <exception cref="GoldilocksException">External, segmented or unsupported, or shape and data disagree.</exception>
    public Tensor Decode(TensorProto proto, string owner)
    {
        if (proto.DataLocation != TensorProto.Types.DataLocation.Default || proto.ExternalData.Count > 0)
            throw Refuse(owner, "keeps its data in another file; save the model with its weights inline");
        if (proto.HasSegment) throw Refuse(owner, "is cut into segments, which is not supported");
        var type = Type(proto.DataType, owner);
        if (ShapeRules.Check(type, proto.Dims, out var byteCount) is { } problem) throw Refuse(owner, problem);

        var (field, length) = TypedList(proto, type);
        var stored = proto.FloatData.Count + (long)proto.Int32Data.Count + proto.StringData.Count + proto.Int64Data.Count + proto.DoubleData.Count + proto.Uint64Data.Count;
        if (stored != length || (length > 0 && proto.HasRawData)) throw Refuse(owner, $"has values outside raw_data and {field}, or in both");
        if (proto.HasRawData && proto.RawData.Length != byteCount)
            throw Refuse(owner, $"has {proto.RawData.Length} bytes of data, but its shape {InputFile.Show(proto.Dims)} of {type} needs {byteCount}");
        if (!proto.HasRawData && (Int128)length * Tensor.SizeOf(type) != byteCount)
            throw Refuse(owner, $"has {length} values in {field}, but its shape {InputFile.Show(proto.Dims)} of {type} needs {byteCount / Tensor.SizeOf(type)}");
        if (byteCount > InputFile.LargestArray) throw Refuse(owner, $"has {byteCount} bytes, more than the limit of {InputFile.LargestArray}");
        return new Tensor(type, [.. proto.Dims], proto.HasRawData ? proto.RawData.Memory : Convert(proto, type, owner));
    }

    private static (string Field, long Length) TypedList(TensorProto proto, ElementType type) => type switch
    {
        ElementType.Float32 => ("float_data", proto.FloatData.Count),
        ElementType.Float64 => ("double_data", proto.DoubleData.Count),
        ElementType.Int64 => ("int64_data", proto.Int64Data.Count),
        ElementType.UInt32 or ElementType.UInt64 => ("uint64_data", proto.Uint64Data.Count),
        _ => ("int32_data", proto.Int32Data.Count),
    };

    private byte[] Convert(TensorProto proto, ElementType type, string owner)
    {
        try
        {
            return type switch
            {
                ElementType.Float32 => Bytes<float, float>(proto.FloatData),
                ElementType.Float64 => Bytes<double, double>(proto.DoubleData),
                ElementType.Int64 => Bytes<long, long>(proto.Int64Data),
                ElementType.UInt64 => Bytes<ulong, ulong>(proto.Uint64Data),
                ElementType.UInt32 => Bytes<ulong, uint>(proto.Uint64Data),
                ElementType.Int32 => Bytes<int, int>(proto.Int32Data),
                ElementType.Int16 => Bytes<int, short>(proto.Int32Data),
                ElementType.Int8 => Bytes<int, sbyte>(proto.Int32Data),
                ElementType.UInt8 or ElementType.Bool => Bytes<int, byte>(proto.Int32Data),
                ElementType.UInt16 or ElementType.Float16 or ElementType.BFloat16 => Bytes<int, ushort>(proto.Int32Data),
                _ => throw Refuse(owner, $"has the element type {type}, which no list holds"),
            };
        }
        catch (OverflowException)
        {
            throw Refuse(owner, $"has a value outside the range of {type}");
        }
    }

    private static byte[] Bytes<TSource, TElement>(RepeatedField<TSource> values)
        where TSource : unmanaged, INumber<TSource>
        where TElement : unmanaged, INumber<TElement>
    {
        var bytes = new byte[(long)values.Count * Unsafe.SizeOf<TElement>()];
        var elements = MemoryMarshal.Cast<byte, TElement>(bytes.AsSpan());
        for (var i = 0; i < elements.Length; i++) elements[i] = TElement.CreateChecked(values[i]);
        return bytes;
    }

    private static IEnumerable<string> Supported =>
        Enum.GetValues<ElementType>().Where(type => type != ElementType.Undefined).Select(type => TypeNames[(int)type]);

    private GoldilocksException Refuse(string owner, string problem) => new($"{file}: {owner} {problem}.");
}
