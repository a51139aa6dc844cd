using Goldilocks.Core;
using Goldilocks.Graph.Protos;
using static Goldilocks.Graph.InputFile;

namespace Goldilocks.Graph.Onnx;

/// <summary>From protobuf messages to <see cref="ModelGraph"/>, refusing what the graph cannot express.</summary>
/// <param name="file">What messages begin with.</param>
internal sealed class OnnxDecoder(string file)
{
    private const int OldestOpset = 13, NewestOpset = 21;

    private readonly OnnxTensorDecoder _tensors = new(file);

    public ModelGraph Decode(ModelProto model)
    {
        if (model.Graph is not { } graph) throw Refuse("has no graph: it is not an ONNX model, or is cut off");
        if (!model.HasIrVersion) throw Refuse("states no IR version: it is not an ONNX model");
        if (model.Functions.Count > 0) throw Refuse("defines functions, which are not supported; inline them first");
        if (graph.SparseInitializer.Count > 0) throw Refuse("holds sparse initializers, which are not supported; make them dense first");

        var initializers = new KeyValuePair<string, Tensor>[graph.Initializer.Count];
        var constants = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < initializers.Length; i++)
        {
            var proto = graph.Initializer[i];
            initializers[i] = new(proto.Name, _tensors.Decode(proto, $"initializer {Quote(proto.Name)}"));
            constants.Add(proto.Name);
        }

        return new ModelGraph
        {
            Name = graph.Name,
            Doc = model.DocString.Length > 0 ? model.DocString : graph.DocString,
            OpsetVersion = Opset(model),
            // Exporters before IR version 4 list every initializer as an input, too.
            Inputs = [.. graph.Input.Where(input => !constants.Contains(input.Name)).Select(input => Value(input, "input"))],
            Outputs = [.. graph.Output.Select(output => Value(output, "output"))],
            Initializers = initializers,
            Nodes = Nodes(graph),
            Metadata = Metadata(model),
        };
    }

    private int Opset(ModelProto model)
    {
        var versions = model.OpsetImport.Where(set => IsStandard(set.Domain)).Select(set => set.Version).ToArray();
        return versions switch
        {
            [] => throw Refuse("names no version of the standard operator set"),
            [>= OldestOpset and <= NewestOpset] => (int)versions[0],
            [_] => throw Refuse($"uses operator set {versions[0]}; supported are {OldestOpset} to {NewestOpset}"),
            _ => throw Refuse("names several versions of the standard operator set"),
        };
    }

    private SortedDictionary<string, string> Metadata(ModelProto model)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var entry in model.MetadataProps)
            if (!metadata.TryAdd(entry.Key, entry.Value)) throw Refuse($"holds the metadata key {Quote(entry.Key)} twice");
        return metadata;
    }

    /// <summary>Node names are optional and need not be unique in the format; here they are both.</summary>
    private Node[] Nodes(GraphProto graph)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var names = graph.Node.Select(node => node.Name.Length > 0 && taken.Add(node.Name) ? node.Name : null).ToArray();
        var nodes = new Node[names.Length];
        for (var i = 0; i < nodes.Length; i++)
        {
            var proto = graph.Node[i];
            var name = names[i] ?? Invent(proto.OpType, i);
            if (!IsStandard(proto.Domain))
                throw Refuse($"node {Quote(name)} uses {Quote(proto.OpType)} of the operator domain {Quote(proto.Domain)}; only the standard domain is supported");
            nodes[i] = new Node(proto.OpType, name, [.. proto.Input], [.. proto.Output], Attributes(proto, name), proto.DocString);
        }

        return nodes;

        string Invent(string operation, int index)
        {
            var name = $"{operation}_{index}";
            while (!taken.Add(name)) name += "_";
            return name;
        }
    }

    private Dictionary<string, AttributeValue> Attributes(NodeProto node, string name)
    {
        var attributes = new Dictionary<string, AttributeValue>(StringComparer.Ordinal);
        foreach (var proto in node.Attribute)
        {
            var owner = $"attribute {Quote(proto.Name)} of node {Quote(name)}";
            if (proto.Name.Length == 0) throw Refuse($"node {Quote(name)} has an attribute without a name");
            if (!attributes.TryAdd(proto.Name, OnnxAttributeDecoder.Decode(proto, owner, file, _tensors))) throw Refuse($"{owner} stands there twice");
        }

        return attributes;
    }

    private ValueInfo Value(ValueInfoProto proto, string role)
    {
        var owner = $"{role} {Quote(proto.Name)}";
        if (proto.Type?.ValueCase != TypeProto.ValueOneofCase.TensorType)
            throw Refuse($"{owner} is {(proto.Type is null ? "untyped" : $"a {proto.Type.ValueCase}")}; only tensors are supported");
        var type = proto.Type.TensorType;
        if (type.Shape is not { } shape) throw Refuse($"{owner} has no shape; run ONNX shape inference over the model first");
        if (shape.Dim.Count > ShapeRules.MaximumRank) throw Refuse($"{owner} has {shape.Dim.Count} dimensions, more than {ShapeRules.MaximumRank}");
        return new ValueInfo(proto.Name, _tensors.Type(type.ElemType, owner), [.. shape.Dim.Select(dimension => Size(dimension, owner))], proto.DocString);
    }

    private Dimension Size(TensorShapeProto.Types.Dimension dimension, string owner) => dimension.ValueCase switch
    {
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue when dimension.DimValue < 0 =>
            throw Refuse($"{owner} has the negative dimension {dimension.DimValue}"),
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue => new Dimension(dimension.DimValue),
        TensorShapeProto.Types.Dimension.ValueOneofCase.DimParam when dimension.DimParam.Length > 0 => new Dimension(-1, dimension.DimParam),
        _ => Dimension.Unknown,
    };

    private static bool IsStandard(string domain) => domain is "" or "ai.onnx";

    private GoldilocksException Refuse(string problem) => new($"{file}: {problem}.");
}
