using System.Text.RegularExpressions;
using Goldilocks.Core;
using IOPath = System.IO.Path;

namespace Goldilocks.Analyze;

/// <summary>Looks for models. A folder's weights count when a graph lies beside them and no exported model bears their name.</summary>
/// <param name="stated">What every model found is told.</param>
/// <param name="several">Whether several paths are searched: runs that are named after files then bear their folder's name too.</param>
internal sealed partial class ModelSearch(StatedFacts stated, bool several)
{
    private const string Expected = "expected *.onnx, *.safetensors with a graph beside it, or a folder of them";

    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = true };

    /// <exception cref="GoldilocksException">The path does not exist, is no model, or holds none.</exception>
    public IEnumerable<ModelFile> Find(string path)
    {
        if (Directory.Exists(path)) return Search(path);
        if (!File.Exists(path)) throw new GoldilocksException($"{path}: no such file or folder; {Expected}.");
        var folder = IOPath.GetDirectoryName(path) ?? "";
        if (path.EndsWith(GraphBeside.ModelSuffix, StringComparison.OrdinalIgnoreCase)) return [Make(path, folder, null)];
        if (!path.EndsWith(GraphBeside.WeightsSuffix, StringComparison.OrdinalIgnoreCase)) throw new GoldilocksException($"{path}: is not a model; {Expected}.");
        return [Make(path, folder, new GraphBeside(folder).Find(path) ?? throw new GoldilocksException($"{path}: {GraphBeside.Missing}."))];
    }

    private ModelFile[] Search(string path)
    {
        var models = Files(path, GraphBeside.ModelSuffix).Where(file => !GraphBeside.IsGraph(file)).ToList();
        var exported = models.Where(file => !GraphBeside.IsSharedModel(file)).Select(Origin).ToHashSet(StringComparer.Ordinal);
        var weights = Files(path, GraphBeside.WeightsSuffix).Where(file => !GraphBeside.IsWitness(file)).ToArray();
        var pairs = weights.Where(file => !exported.Contains(Origin(file)))
            .GroupBy(file => IOPath.GetDirectoryName(file)!)
            .SelectMany(folder => Pair(new GraphBeside(folder.Key), folder))
            .ToArray();

        // A model.onnx that is the graph of other weights is no checkpoint of its own.
        var graphs = pairs.Select(pair => IOPath.GetFullPath(pair.Graph)).ToHashSet(StringComparer.Ordinal);
        var found = models.Where(file => !graphs.Contains(IOPath.GetFullPath(file))).Select(file => Make(file, path, null))
            .Concat(pairs.Select(pair => Make(pair.Weights, path, pair.Graph)))
            .OrderBy(file => file.Path, StringComparer.Ordinal)
            .ToArray();
        if (found.Length > 0) return found;
        throw new GoldilocksException(weights.Length > 0 ? $"{path}: holds weights but no models: {GraphBeside.Missing}." : $"{path}: holds no models; {Expected}.");
    }

    /// <summary>What a model and the weights it was exported from have in common: a run's checkpoint its name, wherever it lies, and others their folder too.</summary>
    private static string Origin(string path)
    {
        var name = IOPath.GetFileNameWithoutExtension(path);
        return OfRun().IsMatch(name) ? name : IOPath.Combine(IOPath.GetDirectoryName(path) ?? "", name);
    }

    [GeneratedRegex("^[0-9a-f]{12}-step[0-9]{7,}$", RegexOptions.CultureInvariant)]
    private static partial Regex OfRun();

    private static IEnumerable<(string Weights, string Graph)> Pair(GraphBeside folder, IEnumerable<string> weights)
    {
        foreach (var file in weights)
            if (folder.Find(file) is { } graph) yield return (file, graph);
    }

    private static IEnumerable<string> Files(string folder, string suffix) => Directory.EnumerateFiles(folder, "*" + suffix, Deep);

    private ModelFile Make(string path, string root, string? graph)
    {
        var name = (root.Length == 0 ? path : IOPath.GetRelativePath(root, path)).Replace('\\', '/');
        var folder = IOPath.GetFileName(IOPath.GetDirectoryName(IOPath.GetFullPath(path)) ?? "");
        return new ModelFile(path, name, graph, ModelSeries.Of(several ? path.Replace('\\', '/') : name, folder), stated);
    }
}
