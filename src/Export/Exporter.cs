using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Export;

/// <summary>A checkpoint's weights and metadata put into the graph of its model.</summary>
public static class Exporter
{
    /// <summary>The version of metadata that is understood, under the key <c>goldilocks_format</c>.</summary>
    private const string Format = "1";

    /// <summary>Names that a hint lists at most.</summary>
    private const int MostNames = 20;

    /// <summary>Reads a graph and a checkpoint and writes the model they make.</summary>
    /// <param name="graphPath">The model's graph, <c>&lt;run12&gt;.graph.onnx</c>.</param>
    /// <param name="checkpointPath">The weights, <c>&lt;run12&gt;-step&lt;7 digits&gt;.safetensors</c>.</param>
    /// <param name="modelPath">The file to write.</param>
    /// <exception cref="GoldilocksException">As <see cref="Attach"/>, or a file cannot be read or written.</exception>
    public static void Export(string graphPath, string checkpointPath, string modelPath) =>
        OnnxFile.Write(modelPath, Attach(OnnxFile.Read(graphPath), SafetensorsFile.Read(checkpointPath), checkpointPath));

    /// <summary>
    /// The graph with the checkpoint's tensors in place of the initializers of the same names, the checkpoint's metadata as
    /// <c>metadata_props</c>, and texts that tell a reader of the model what it computes.
    /// </summary>
    /// <param name="graph">The model; fixed tensors keep their values.</param>
    /// <param name="checkpoint">All parameters of the model (<see cref="Tensor.IsParameter"/>), and nothing that the graph does not have.</param>
    /// <param name="checkpointName">What messages begin with, usually the checkpoint's path.</param>
    /// <exception cref="GoldilocksException">A tensor is missing, unknown, or of another type or shape; or the checkpoint is of another run or format.</exception>
    public static ModelGraph Attach(ModelGraph graph, SafetensorsContent checkpoint, string checkpointName)
    {
        CheckMetadata(graph, checkpoint, checkpointName);
        var tensors = checkpoint.Tensors.ToDictionary(StringComparer.Ordinal);
        var initializers = graph.Initializers.Select(initializer => KeyValuePair.Create(initializer.Key, Choose(initializer.Key, initializer.Value))).ToArray();
        if (tensors.Keys.FirstOrDefault() is { } unknown)
        {
            throw new GoldilocksException($"{checkpointName}: holds the tensor {InputFile.Quote(unknown)}, which the graph does not have. "
                + Suggest.Hint(Shown(unknown), graph.Initializers.Select(initializer => Shown(initializer.Key)).Take(MostNames)));
        }

        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in graph.Metadata) metadata[key] = value;
        foreach (var (key, value) in checkpoint.Metadata) metadata[key] = value;
        return ModelDescription.Describe(graph.WithInitializers(initializers) with { Metadata = metadata });

        Tensor Choose(string name, Tensor old)
        {
            if (!tensors.Remove(name, out var tensor))
            {
                return !Tensor.IsParameter(name, old) ? old
                    : throw new GoldilocksException($"{checkpointName}: lacks the parameter {InputFile.Quote(name)} of the graph; export it with the graph it was trained with.");
            }

            if (tensor.Type == old.Type && tensor.Shape.SequenceEqual(old.Shape)) return tensor;
            throw new GoldilocksException($"{checkpointName}: {InputFile.Quote(name)} is {tensor.Type} {InputFile.Show(tensor.Shape)}, but the graph has "
                + $"{old.Type} {InputFile.Show(old.Shape)}; export it with the graph it was trained with.");
        }
    }

    /// <summary>A name out of a file without what a terminal would obey.</summary>
    private static string Shown(string name) => InputFile.Quote(name).Trim('"');

    private static void CheckMetadata(ModelGraph graph, SafetensorsContent checkpoint, string checkpointName)
    {
        if (checkpoint.Metadata.TryGetValue("goldilocks_format", out var format) && format != Format)
            throw new GoldilocksException($"{checkpointName}: has the format version {InputFile.Quote(format)}; this program understands \"{Format}\".");
        if (graph.Metadata.TryGetValue("run", out var expected) && checkpoint.Metadata.TryGetValue("run", out var run) && run != expected)
            throw new GoldilocksException($"{checkpointName}: is of run {InputFile.Quote(run)}, but the graph is of run {InputFile.Quote(expected)}; export it with the graph it was trained with.");
    }
}
