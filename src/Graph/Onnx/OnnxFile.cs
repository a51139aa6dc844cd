using Goldilocks.Core;
using Goldilocks.Graph.Protos;
using Google.Protobuf;

namespace Goldilocks.Graph.Onnx;

/// <summary>
/// ONNX files. Written: IR version 9, the graph's operator set, weights inline, equal bytes for equal graphs. Read: operator sets 13 to 21
/// whatever their operators, with files from strangers in mind: everything is bounded by the file's length, and what is not a plain
/// graph over dense tensors (external data, sparse tensors, subgraphs, functions, foreign operator domains) is refused by name.
/// </summary>
public static class OnnxFile
{
    /// <summary>Largest file that is read unless the caller says otherwise: 2 GiB, the format's own limit.</summary>
    public const long DefaultLimit = 1L << 31;

    /// <summary>The bytes of <paramref name="graph"/> as an ONNX model; a function of the graph alone.</summary>
    /// <exception cref="GoldilocksException">The graph breaks a rule of <see cref="GraphValidator"/>, or exceeds 2 GiB.</exception>
    public static byte[] Serialize(ModelGraph graph) => Serialize(graph, $"graph {InputFile.Quote(graph.Name)}");

    /// <summary>Writes <paramref name="graph"/> to <paramref name="path"/>, whole or not at all.</summary>
    /// <exception cref="GoldilocksException">As <see cref="Serialize(ModelGraph)"/>, or the folder cannot be written.</exception>
    public static void Write(string path, ModelGraph graph) => AtomicFile.WriteAllBytes(path, Serialize(graph, path));

    /// <summary>Reads the model in <paramref name="path"/>.</summary>
    /// <param name="path">A file of at most <paramref name="limit"/> bytes.</param>
    /// <param name="limit">Checked before anything is read.</param>
    /// <exception cref="GoldilocksException">The file is missing, too large, damaged, or holds what is not supported; one line says which.</exception>
    public static ModelGraph Read(string path, long limit = DefaultLimit) =>
        Parse(InputFile.Read(path, Math.Min(limit, InputFile.LargestArray), InputFile.ReadRest), path);

    /// <summary>Reads a model from memory.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages begin with, usually the file's name.</param>
    /// <exception cref="GoldilocksException">The bytes are damaged or hold what is not supported; one line says which.</exception>
    public static ModelGraph Parse(ReadOnlySpan<byte> bytes, string name)
    {
        ModelProto model;
        try
        {
            model = Parser.ParseFrom(bytes);
        }
        catch (Exception e) when (e is InvalidProtocolBufferException or ArgumentException or IndexOutOfRangeException)
        {
            // The last one: the protobuf library's own sum of position and length overflows for lengths near 2^31.
            throw new GoldilocksException($"{name}: is not an ONNX file, or is cut off or damaged (its {bytes.Length} bytes do not parse).", inner: e);
        }

        var graph = new OnnxDecoder(name).Decode(model);
        GraphValidator.Check(graph, name);
        return graph;
    }

    /// <summary>Unknown fields (newer formats, training information) are skipped, not kept.</summary>
    private static readonly MessageParser<ModelProto> Parser = ModelProto.Parser.WithDiscardUnknownFields(true);

    /// <summary>
    /// Fields may stand in any order, so the graph is put last: its declared length then shows every truncation, which the usual order
    /// would not where it falls between two metadata entries.
    /// </summary>
    private static byte[] Serialize(ModelGraph graph, string subject)
    {
        GraphValidator.Check(graph, subject);
        var weights = graph.Initializers.Sum(initializer => (long)initializer.Value.Data.Length);
        if (weights > InputFile.LargestArray - (64 << 20))
            throw new GoldilocksException($"{subject}: its weights have {weights} bytes; an ONNX file holds at most 2 GiB.");
        var frame = OnnxEncoder.EncodeFrame(graph);
        var body = new ModelProto { Graph = OnnxEncoder.EncodeGraph(graph) };
        var bytes = new byte[frame.CalculateSize() + body.CalculateSize()];
        var split = frame.CalculateSize();
        frame.WriteTo(bytes.AsSpan(0, split));
        body.WriteTo(bytes.AsSpan(split));
        return bytes;
    }
}
