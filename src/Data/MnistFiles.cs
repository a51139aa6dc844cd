using System.Security.Cryptography;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>MNIST's four files, as LeCun et al. (1998) published them.</summary>
internal static class MnistFiles
{
    /// <summary>Each file's name and the SHA-256 of its uncompressed content.</summary>
    public static IReadOnlyList<(string Name, string Sha256)> All { get; } =
    [
        (ImageFiles.TrainImages, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
        (ImageFiles.TrainLabels, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
        (ImageFiles.TestImages, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
        (ImageFiles.TestLabels, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
    ];

    /// <summary>The files that a folder lacks; those that it has are verified.</summary>
    /// <exception cref="GoldilocksException">A file has another content (<see cref="ExitCodes.Mismatch"/>) or cannot be read.</exception>
    public static IReadOnlyList<string> Missing(string folder)
    {
        var missing = new List<string>();
        foreach (var (name, sha256) in All)
        {
            if (ImageFiles.Find(folder, name) is { } path) Verify(path, sha256);
            else missing.Add(name);
        }

        return missing;
    }

    /// <summary>Writes files of <paramref name="source"/>, uncompressed, into <paramref name="target"/>; none before all of them are verified.</summary>
    /// <exception cref="GoldilocksException">
    /// A file is missing, has another content (<see cref="ExitCodes.Mismatch"/>), or cannot be read or written.
    /// </exception>
    public static void Install(IReadOnlyList<string> names, string source, string target, CancellationToken cancellation)
    {
        foreach (var name in names)
        {
            Verify(ImageFiles.Find(source, name) ?? throw new GoldilocksException($"{source} lacks {name} (plain or .gz)."), All.Single(file => file.Name == name).Sha256);
        }

        foreach (var name in names)
        {
            cancellation.ThrowIfCancellationRequested();
            AtomicFile.Write(Path.Combine(target, name), destination =>
            {
                using var content = IdxFile.OpenRead(ImageFiles.Find(source, name)!);
                content.CopyTo(destination);
            });
        }
    }

    private static void Verify(string path, string expected)
    {
        string found;
        try
        {
            using var content = IdxFile.OpenRead(path);
            found = Convert.ToHexStringLower(SHA256.HashData(content));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new GoldilocksException($"cannot read {path}: {e.Message.TrimEnd('.')}. Delete it and fetch it again.", e is InvalidDataException ? ExitCodes.Mismatch : ExitCodes.Usage, e);
        }

        if (found != expected) throw new GoldilocksException($"{path} is not MNIST's: its SHA-256 is {found}, expected {expected}. Delete it and fetch it again.", ExitCodes.Mismatch);
    }
}
