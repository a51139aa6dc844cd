using System.Globalization;
using Goldilocks.Core;
using Goldilocks.Export;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Analyze;

/// <summary>A model that was read: its graph with weights, and where it stands in its run.</summary>
/// <param name="File">Where it came from.</param>
/// <param name="Graph">Weights inline; a model from elsewhere as <see cref="ModelAdapter"/> makes it.</param>
/// <param name="Run">Identity of its run, 64 hexadecimal digits; of a model from elsewhere the name of its numbered series; null when it has none.</param>
/// <param name="Step">Updates before these weights, or the number in the series; null when it has none.</param>
/// <param name="Source">The graph as the file holds it.</param>
/// <param name="Foreign">What was made of a model from elsewhere; null for ours.</param>
internal sealed record Checkpoint(ModelFile File, ModelGraph Graph, string? Run, long? Step, ModelGraph Source, AdaptedModel? Foreign)
{
    /// <summary>The version of metadata that is understood, under the key <c>goldilocks_format</c>.</summary>
    private const string Format = "1";

    /// <summary>
    /// The trained tensors: floating-point initializers under a state-dict name such as <c>decoder.0.weight</c>; constants of our graphs have names without a
    /// dot. Exporters of others drop dots and make up names (<c>onnx::MatMul_12</c>): there matrices count whatever their names, and where no name has a
    /// dot every floating-point initializer does.
    /// </summary>
    public IEnumerable<Tensor> Parameters
    {
        get
        {
            var floats = Graph.Initializers.Where(initializer => initializer.Value.Type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16).ToArray();
            if (!floats.Any(IsNamed)) return floats.Select(initializer => initializer.Value);
            var counted = floats.Where(initializer => IsNamed(initializer) || (Foreign is not null && initializer.Value.Shape.Count >= 2)).Select(initializer => initializer.Value);
            return Foreign is null ? counted : counted.Concat(Repeated(floats.Where(IsNamed).ToDictionary(StringComparer.Ordinal)));
        }
    }

    /// <exception cref="GoldilocksException">The file cannot be read, or its metadata contradict the format that they state; one line says why.</exception>
    public static Checkpoint Read(ModelFile file)
    {
        var graph = file.Graph is { } beside ? Attach(beside, file.Path) : OnnxFile.Read(file.Path);
        ModelLimits.Check(graph, file.Path);
        if (!graph.Metadata.TryGetValue("goldilocks_format", out var format))
        {
            var adapted = ModelAdapter.Adapt(graph, file.Stated, file.Path);
            return new Checkpoint(file, adapted.Graph, file.Series?.Run, file.Series?.Step, graph, adapted);
        }

        if (format != Format) throw new GoldilocksException($"{file.Path}: has another metadata version than \"{Format}\", the one this program understands.");
        if (!graph.Metadata.TryGetValue("run", out var run) || !ModelSeries.IsIdentity(run))
            throw new GoldilocksException($"{file.Path}: its metadata name no run (64 hexadecimal digits).");
        if (!graph.Metadata.TryGetValue("step", out var text) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            throw new GoldilocksException($"{file.Path}: its metadata name no step: it is the graph of a run, or damaged. Analyse the run's checkpoints.");
        return new Checkpoint(file, graph, run, step, graph, null);
    }

    private static ModelGraph Attach(string graph, string weights)
    {
        var content = SafetensorsFile.Read(weights);
        return content.Tensors.Count > 0 ? Exporter.Attach(OnnxFile.Read(graph), content, weights) : throw new GoldilocksException($"{weights}: holds no tensors.");
    }

    private static bool IsNamed(KeyValuePair<string, Tensor> initializer) => Tensor.IsParameter(initializer.Key, initializer.Value);

    /// <summary>PyTorch's exporter stores parameters of equal values once, such as the biases of an untrained network; the others are copies by <c>Identity</c> under their own names.</summary>
    private IEnumerable<Tensor> Repeated(Dictionary<string, Tensor> named) =>
        Source.Nodes.Where(node => node is { OpType: "Identity", Inputs: [var source], Outputs: [var copy] } && named.ContainsKey(source) && copy.Contains('.', StringComparison.Ordinal)).Select(node => named[node.Inputs[0]]);
}
