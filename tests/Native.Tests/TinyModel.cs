using System.Runtime.InteropServices;
using System.Text;

namespace Goldilocks.Native.Tests;

/// <summary>
/// A model written byte by byte as protobuf, by the field numbers of the ONNX format: logits = Gather(embedding, a) W + bias, doubled = a + a.
/// Written here so that the bindings are tested against a model that none of our own code made.
/// </summary>
internal static class TinyModel
{
    public const int Symbols = 3;
    public const int Dimensions = 2;
    public const int Classes = 4;

    public static readonly float[] Embedding = [0.5f, -1, 2, 0.25f, -3, 4];
    public static readonly float[] Weight = [1, 2, -1, 0.5f, 0, 3, -2, 8];
    public static readonly float[] Bias = [0.1f, 0.2f, 0.3f, -0.4f];

    /// <param name="overridable">Whether the embedding is also an input, and so can be replaced.</param>
    /// <param name="operation">Operator of the last node; a wrong one makes a model that no runtime takes.</param>
    public static byte[] Bytes(bool overridable = true, string operation = "Add") => Message(
        Number(1, 9),
        Text(2, "by hand"),
        Field(7, Message(
            Field(1, Node("Gather", ["embedding", "a"], "looked_up")),
            Field(1, Node("MatMul", ["looked_up", "weight"], "product")),
            Field(1, Node("Add", ["product", "bias"], "logits")),
            Field(1, Node(operation, ["a", "a"], "doubled")),
            Text(2, "tiny"),
            Field(5, Initializer("embedding", Embedding, Symbols, Dimensions)),
            Field(5, Initializer("weight", Weight, Dimensions, Classes)),
            Field(5, Initializer("bias", Bias, Classes)),
            Field(11, Value("a", 7, "B")),
            overridable ? Field(11, Value("embedding", 1, Symbols, Dimensions)) : [],
            Field(12, Value("logits", 1, "B", Classes)),
            Field(12, Value("doubled", 7, "B")))),
        Field(8, Message(Number(2, 20))));

    /// <summary>What the model computes, by the definition.</summary>
    public static float[] Logits(ReadOnlySpan<float> embedding, ReadOnlySpan<long> a)
    {
        var logits = new float[a.Length * Classes];
        for (var i = 0; i < a.Length; i++)
        {
            for (var c = 0; c < Classes; c++)
            {
                var sum = Bias[c];
                for (var d = 0; d < Dimensions; d++) sum += embedding[(int)a[i] * Dimensions + d] * Weight[d * Classes + c];
                logits[i * Classes + c] = sum;
            }
        }

        return logits;
    }

    private static byte[] Node(string operation, string[] inputs, string output) =>
        Message([.. inputs.Select(input => Text(1, input)), Text(2, output), Text(4, operation)]);

    private static byte[] Initializer(string name, float[] values, params long[] shape) =>
        Message([.. shape.Select(extent => Number(1, extent)), Number(2, 1), Text(8, name), Field(9, MemoryMarshal.AsBytes<float>(values).ToArray())]);

    private static byte[] Value(string name, long elementType, params object[] shape) =>
        Message(Text(1, name), Field(2, Message(Field(1, Message(Number(1, elementType), Field(2, Message(
            [.. shape.Select(extent => Field(1, extent is string symbol ? Text(2, symbol) : Number(1, (int)extent)))])))))));

    private static byte[] Message(params byte[][] fields) => [.. fields.SelectMany(field => field)];

    private static byte[] Text(int field, string text) => Field(field, Encoding.UTF8.GetBytes(text));

    private static byte[] Number(int field, long value) => [.. Varint(field << 3), .. Varint(value)];

    private static byte[] Field(int field, byte[] content) => [.. Varint(field << 3 | 2), .. Varint(content.Length), .. content];

    private static IEnumerable<byte> Varint(long value)
    {
        for (; value > 127; value >>= 7) yield return (byte)(value & 127 | 128);
        yield return (byte)value;
    }
}
