namespace Goldilocks.Analyze;

/// <summary>A model to analyse.</summary>
/// <param name="Path">Where it is: a model (<c>*.onnx</c>), or weights (<c>*.safetensors</c>) that have their graph beside them.</param>
/// <param name="Name">What tables call it: its path relative to the folder that was searched, with '/'.</param>
/// <param name="Graph">The graph of the weights; null for a model.</param>
/// <param name="Series">The run to which a number in the file's name belongs, and the number; null when there is none. Metadata that name a run come first.</param>
/// <param name="Stated">What the caller says about models that do not say it themselves.</param>
internal sealed record ModelFile(string Path, string Name, string? Graph, ModelSeries? Series, StatedFacts Stated)
{
    /// <summary>The models that paths name, each once: files, and folders searched with their subfolders.</summary>
    /// <param name="paths">Models, weights with a graph beside them, folders.</param>
    /// <param name="stated">What the caller says about models that do not say it themselves; null: nothing.</param>
    /// <exception cref="Core.GoldilocksException">A path that does not exist, is no model, or holds none.</exception>
    public static IReadOnlyList<ModelFile> Find(IReadOnlyList<string> paths, StatedFacts? stated = null)
    {
        var search = new ModelSearch(stated ?? new StatedFacts(), paths.Count > 1);
        var found = new Dictionary<string, ModelFile>(StringComparer.Ordinal);
        foreach (var file in paths.SelectMany(search.Find)) found.TryAdd(System.IO.Path.GetFullPath(file.Path), file);
        return [.. found.Values];
    }
}
