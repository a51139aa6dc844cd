using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>Which pipelines.yml and which artifacts folder a command works with.</summary>
/// <param name="File">Absolute path of pipelines.yml.</param>
/// <param name="Artifacts">Absolute path of the artifacts folder, which need not exist.</param>
internal sealed record Workspace(string File, string Artifacts)
{
    public const string FileName = "pipelines.yml";

    /// <summary>
    /// <paramref name="file"/> or the nearest pipelines.yml upward from <paramref name="current"/>;
    /// <paramref name="artifacts"/> or the folder "artifacts" beside that file.
    /// </summary>
    /// <exception cref="GoldilocksException">There is no pipelines.yml.</exception>
    public static Workspace Locate(string? file, string? artifacts, string current)
    {
        var found = file is null ? Upward(current) : Path.GetFullPath(file, current);
        if (!System.IO.File.Exists(found)) throw new GoldilocksException($"cannot read {file}: there is no such file. Name a {FileName} with --file.");
        return new Workspace(found, artifacts is null ? Path.Combine(Path.GetDirectoryName(found)!, "artifacts") : Path.GetFullPath(artifacts, current));
    }

    private static string Upward(string current)
    {
        for (var folder = new DirectoryInfo(current); folder is not null; folder = folder.Parent)
        {
            var candidate = Path.Combine(folder.FullName, FileName);
            if (System.IO.File.Exists(candidate)) return candidate;
        }

        throw new GoldilocksException($"no {FileName} in this folder or above it. Go to the checkout, or name one with --file.");
    }
}
