namespace Goldilocks.Graph;

/// <summary>
/// Tensor element types; the values are ONNX's <c>TensorProto.DataType</c>. Our own models use Float32, Int64 and Bool; the others can be
/// read from and written to files.
/// </summary>
public enum ElementType
{
    Undefined = 0,
    Float32 = 1,
    UInt8 = 2,
    Int8 = 3,
    UInt16 = 4,
    Int16 = 5,
    Int32 = 6,
    Int64 = 7,
    Bool = 9,
    Float16 = 10,
    Float64 = 11,
    UInt32 = 12,
    UInt64 = 13,
    BFloat16 = 16,
}
