using System.Globalization;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;

namespace Goldilocks.Analyze;

/// <summary>A model that was read: its graph with weights, and where it stands in its run.</summary>
/// <param name="File">Where it came from.</param>
/// <param name="Graph">Weights inline.</param>
/// <param name="Run">Identity of its run, 64 hexadecimal digits; null for a model from elsewhere.</param>
/// <param name="Step">Updates before these weights; null for a model from elsewhere.</param>
internal sealed record Checkpoint(ModelFile File, ModelGraph Graph, string? Run, long? Step)
{
    /// <summary>The version of metadata that is understood, under the key <c>goldilocks_format</c>.</summary>
    private const string Format = "1";

    private const int RunLength = 64;

    /// <summary>
    /// The trained tensors: floating-point initializers under a state-dict name such as <c>decoder.0.weight</c>; constants of the graph have
    /// names without a dot. Exporters that rename weights leave no dot at all: then every floating-point initializer counts.
    /// </summary>
    public IEnumerable<Tensor> Parameters
    {
        get
        {
            var floats = Graph.Initializers.Where(initializer => initializer.Value.Type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16).ToArray();
            var named = floats.Where(initializer => Tensor.IsParameter(initializer.Key, initializer.Value)).ToArray();
            return (named.Length > 0 ? named : floats).Select(initializer => initializer.Value);
        }
    }

    /// <exception cref="GoldilocksException">The file cannot be read, or its metadata contradict the format that they state; one line says why.</exception>
    public static Checkpoint Read(ModelFile file)
    {
        var graph = OnnxFile.Read(file.Path);
        if (!graph.Metadata.TryGetValue("goldilocks_format", out var format)) return new Checkpoint(file, graph, null, null);
        if (format != Format) throw new GoldilocksException($"{file.Path}: has another metadata version than \"{Format}\", the one this program understands.");
        if (!graph.Metadata.TryGetValue("run", out var run) || run.Length != RunLength || !run.All(char.IsAsciiHexDigitLower))
            throw new GoldilocksException($"{file.Path}: its metadata name no run ({RunLength} hexadecimal digits).");
        if (!graph.Metadata.TryGetValue("step", out var text) || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var step))
            throw new GoldilocksException($"{file.Path}: its metadata name no step: it is the graph of a run, or damaged. Export the run's checkpoints and analyse those.");
        return new Checkpoint(file, graph, run, step);
    }
}
