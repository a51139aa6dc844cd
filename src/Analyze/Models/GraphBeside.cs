namespace Goldilocks.Analyze;

/// <summary>Which graph belongs to weights: <c>NAME.graph.onnx</c>, <c>RUN.graph.onnx</c> for <c>RUN-stepN</c>, the folder's only <c>*.graph.onnx</c>, or its <c>model.onnx</c>.</summary>
internal sealed class GraphBeside
{
    public const string ModelSuffix = ".onnx", WeightsSuffix = ".safetensors";

    /// <summary>The end of a complaint about weights alone.</summary>
    public const string Missing = "weights need their graph beside them: NAME.graph.onnx for NAME.safetensors, one *.graph.onnx in the folder, or model.onnx";

    private const string GraphSuffix = ".graph.onnx", WitnessSuffix = "-witness.safetensors", SharedName = "model.onnx", StepMark = "-step";

    private readonly string _folder;
    private readonly HashSet<string> _graphs;

    /// <param name="folder">Where weights and graphs lie; empty for the current folder.</param>
    public GraphBeside(string folder)
    {
        _folder = folder;
        _graphs = [.. Directory.EnumerateFiles(folder.Length > 0 ? folder : ".", "*" + GraphSuffix).Select(file => Path.GetFileName(file))];
    }

    public static bool IsGraph(string path) => path.EndsWith(GraphSuffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a model may be the graph of any weights in its folder.</summary>
    public static bool IsSharedModel(string path) => Path.GetFileName(path) == SharedName;

    /// <summary>Whether a file holds a trainer's outputs, not weights.</summary>
    public static bool IsWitness(string path) => path.EndsWith(WitnessSuffix, StringComparison.Ordinal);

    /// <summary>The graph of weights in the folder, or null.</summary>
    public string? Find(string weights)
    {
        var stem = Path.GetFileName(weights)[..^WeightsSuffix.Length];
        var mark = stem.LastIndexOf(StepMark, StringComparison.Ordinal);
        var own = new[] { stem, mark < 0 ? stem : stem[..mark] }.Select(name => name + GraphSuffix).FirstOrDefault(_graphs.Contains);
        var graph = own ?? (_graphs.Count == 1 ? _graphs.Single() : SharedName);
        return own is not null || File.Exists(Path.Combine(_folder, graph)) ? Path.Combine(_folder, graph) : null;
    }
}
