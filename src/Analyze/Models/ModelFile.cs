using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>A model to analyse.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="Name">What tables call it: its path relative to the folder that was searched, with '/'.</param>
internal sealed record ModelFile(string Path, string Name)
{
    private const string Suffix = ".onnx", GraphSuffix = ".graph.onnx", CheckpointSuffix = ".safetensors";

    private static readonly EnumerationOptions Deep = new() { RecurseSubdirectories = true, MaxRecursionDepth = 16, IgnoreInaccessible = true };

    /// <summary>The models that paths name, each once: files, and folders searched with their subfolders.</summary>
    /// <exception cref="GoldilocksException">A path that does not exist, is no model, or holds none.</exception>
    public static IReadOnlyList<ModelFile> Find(IEnumerable<string> paths)
    {
        var found = new Dictionary<string, ModelFile>(StringComparer.Ordinal);
        foreach (var file in paths.SelectMany(FindOne)) found.TryAdd(System.IO.Path.GetFullPath(file.Path), file);
        return [.. found.Values];
    }

    private static IEnumerable<ModelFile> FindOne(string path)
    {
        if (File.Exists(path))
        {
            if (path.EndsWith(CheckpointSuffix, StringComparison.OrdinalIgnoreCase))
                throw new GoldilocksException($"{path}: is a checkpoint without its graph; export it first (dotnet run --project src/Export -- {path}) and analyse the model.");
            if (!path.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase)) throw new GoldilocksException($"{path}: is not a model; expected a file named *{Suffix}, or a folder of them.");
            return [new ModelFile(path, System.IO.Path.GetFileName(path))];
        }

        if (!Directory.Exists(path)) throw new GoldilocksException($"{path}: no such file or folder; expected *{Suffix} or a folder of them.");
        var files = Directory.EnumerateFiles(path, "*" + Suffix, Deep)
            .Where(file => !file.EndsWith(GraphSuffix, StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .Select(file => new ModelFile(file, System.IO.Path.GetRelativePath(path, file).Replace('\\', '/')))
            .ToArray();
        if (files.Length > 0) return files;
        throw new GoldilocksException(Directory.EnumerateFiles(path, "*" + CheckpointSuffix, Deep).Any()
            ? $"{path}: holds checkpoints but no models; export them first: dotnet run --project src/Export -- {path} --output DIR"
            : $"{path}: holds no models (*{Suffix}).");
    }
}
