using System.Text;
using Goldilocks.Graph.Protos;
using Google.Protobuf;

namespace Goldilocks.Graph.Onnx;

/// <summary>From <see cref="ModelGraph"/> to protobuf messages. Everything unordered is sorted, so equal graphs give equal bytes.</summary>
internal static class OnnxEncoder
{
    /// <summary>The version of the file format that came with operator set 20.</summary>
    private const long IrVersion = 9;

    /// <summary>All of the model but its graph.</summary>
    public static ModelProto EncodeFrame(ModelGraph graph)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = "goldilocks",
            ProducerVersion = typeof(OnnxEncoder).Assembly.GetName().Version!.ToString(3),
        };
        if (graph.Doc.Length > 0) model.DocString = graph.Doc;
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = graph.OpsetVersion });
        foreach (var (key, value) in graph.Metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = value });
        return model;
    }

    public static GraphProto EncodeGraph(ModelGraph graph)
    {
        // A name is required by the format; a nameless graph read from elsewhere gets one.
        var proto = new GraphProto { Name = graph.Name.Length > 0 ? graph.Name : "graph" };
        foreach (var node in graph.Nodes) proto.Node.Add(Encode(node));
        foreach (var (name, tensor) in graph.Initializers) proto.Initializer.Add(Encode(name, tensor));
        foreach (var input in graph.Inputs) proto.Input.Add(Encode(input));
        foreach (var output in graph.Outputs) proto.Output.Add(Encode(output));
        return proto;
    }

    private static NodeProto Encode(Node node)
    {
        var proto = new NodeProto { OpType = node.OpType, Name = node.Name };
        proto.Input.Add(node.Inputs);
        proto.Output.Add(node.Outputs);
        if (node.Doc.Length > 0) proto.DocString = node.Doc;
        foreach (var (name, value) in node.Attributes.OrderBy(attribute => attribute.Key, StringComparer.Ordinal))
            proto.Attribute.Add(Encode(name, value));
        return proto;
    }

    private static AttributeProto Encode(string name, AttributeValue value)
    {
        var proto = new AttributeProto { Name = name };
        switch (value)
        {
            case AttributeValue.Int v:
                (proto.Type, proto.I) = (AttributeProto.Types.AttributeType.Int, v.Value);
                break;
            case AttributeValue.Float v:
                (proto.Type, proto.F) = (AttributeProto.Types.AttributeType.Float, v.Value);
                break;
            case AttributeValue.Text v:
                (proto.Type, proto.S) = (AttributeProto.Types.AttributeType.String, ByteString.CopyFromUtf8(v.Value));
                break;
            case AttributeValue.TensorValue v:
                (proto.Type, proto.T) = (AttributeProto.Types.AttributeType.Tensor, Encode("", v.Value));
                break;
            case AttributeValue.Ints v:
                proto.Type = AttributeProto.Types.AttributeType.Ints;
                proto.Ints.Add(v.Values);
                break;
            case AttributeValue.Floats v:
                proto.Type = AttributeProto.Types.AttributeType.Floats;
                proto.Floats.Add(v.Values);
                break;
            case AttributeValue.Texts v:
                proto.Type = AttributeProto.Types.AttributeType.Strings;
                proto.Strings.Add(v.Values.Select(text => ByteString.CopyFrom(text, Encoding.UTF8)));
                break;
            default:
                throw new ArgumentException($"Attribute {name} has the unknown kind {value.GetType().Name}.", nameof(value));
        }

        return proto;
    }

    private static TensorProto Encode(string name, Tensor tensor)
    {
        var proto = new TensorProto { DataType = (int)tensor.Type, RawData = UnsafeByteOperations.UnsafeWrap(tensor.Data) };
        if (name.Length > 0) proto.Name = name;
        proto.Dims.Add(tensor.Shape);
        return proto;
    }

    private static ValueInfoProto Encode(ValueInfo value)
    {
        var shape = new TensorShapeProto();
        foreach (var dimension in value.Shape) shape.Dim.Add(Encode(dimension));
        var proto = new ValueInfoProto
        {
            Name = value.Name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)value.Type, Shape = shape } },
        };
        if (value.Doc.Length > 0) proto.DocString = value.Doc;
        return proto;
    }

    private static TensorShapeProto.Types.Dimension Encode(Dimension dimension)
    {
        if (dimension == Dimension.Unknown) return new();
        return dimension.Symbol is { } symbol ? new() { DimParam = symbol } : new() { DimValue = dimension.Size };
    }
}
