using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>Copies the overview and all reports, in the places that they have beside each other, so that their links hold.</summary>
internal static class SiteCopy
{
    /// <summary>Written into a copy, so that it may be replaced.</summary>
    private const string Marker = ".goldilocks-site";

    /// <param name="artifacts">Where the pages lie.</param>
    /// <param name="pipelines">Whose reports are copied, as far as they exist.</param>
    /// <param name="folder">Missing, empty, or an earlier copy, which is replaced.</param>
    /// <param name="cancellation">Looked at between files.</param>
    /// <returns>The overview's path.</returns>
    /// <exception cref="GoldilocksException">The folder holds something else, lies among the artifacts' pages, or cannot be written.</exception>
    public static string Write(string artifacts, IReadOnlyList<string> pipelines, string folder, CancellationToken cancellation)
    {
        try
        {
            Prepare(folder);
            string[] pages = ["index.html", "theory.html", "assets", .. pipelines.Select(name => Path.Combine(name, "report"))];
            foreach (var file in pages.SelectMany(page => Files(Path.Combine(artifacts, page))))
            {
                cancellation.ThrowIfCancellationRequested();
                var target = Path.Combine(folder, Path.GetRelativePath(artifacts, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GoldilocksException($"cannot copy the pages into {folder}: {e.Message.TrimEnd('.')}. Name another folder with --output.", inner: e);
        }

        return Path.Combine(folder, "index.html");
    }

    private static void Prepare(string folder)
    {
        if (File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, Marker))))
            throw new GoldilocksException($"{folder} holds something else than an earlier copy. Name an empty or a new folder with --output.");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, Marker), "");
    }

    /// <summary>Pages, pictures and scripts; not what the pipeline notes for itself.</summary>
    private static IEnumerable<string> Files(string path) => File.Exists(path) ? [path]
        : !Directory.Exists(path) ? []
        : Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => Path.GetFileName(file) is var name && name != StageFolder.ManifestName && !name.StartsWith('.'));
}
