using System.Text;
using Goldilocks.Core;
using Goldilocks.Graph.Protos;
using Google.Protobuf;
using Kind = Goldilocks.Graph.Protos.AttributeProto.Types.AttributeType;

namespace Goldilocks.Graph.Onnx;

/// <summary>Node attributes: numbers, texts, lists of them, and tensors.</summary>
internal static class OnnxAttributeDecoder
{
    /// <summary>Refuses text that is not UTF-8 instead of replacing what it cannot read.</summary>
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <exception cref="GoldilocksException">The attribute is of a kind that is not supported.</exception>
    public static AttributeValue Decode(AttributeProto proto, string owner, string file, OnnxTensorDecoder tensors)
    {
        if (proto.HasRefAttrName) throw Refuse("refers to a function's attribute, but is not inside a function");
        return proto.Type switch
        {
            Kind.Int => new AttributeValue.Int(proto.I),
            Kind.Float => new AttributeValue.Float(proto.F),
            Kind.String => new AttributeValue.Text(Text(proto.S)),
            Kind.Tensor when proto.T is null => throw Refuse("is a tensor that is missing"),
            Kind.Tensor => new AttributeValue.TensorValue(tensors.Decode(proto.T, owner)),
            Kind.Ints => new AttributeValue.Ints([.. proto.Ints]),
            Kind.Floats => new AttributeValue.Floats([.. proto.Floats]),
            Kind.Strings => new AttributeValue.Texts([.. proto.Strings.Select(Text)]),
            Kind.Graph or Kind.Graphs => throw Refuse("is a subgraph; control flow is not supported"),
            Kind.Undefined => throw Refuse("states no type"),
            var other => throw Refuse($"is of kind {other}, which is not supported"),
        };

        string Text(ByteString bytes)
        {
            try
            {
                return Utf8.GetString(bytes.Span);
            }
            catch (DecoderFallbackException)
            {
                throw Refuse("is a text that is not UTF-8");
            }
        }

        GoldilocksException Refuse(string problem) => new($"{file}: {owner} {problem}.");
    }
}
