using System.Security.Cryptography;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>
/// artifacts/&lt;pipeline&gt;/&lt;stage&gt;/: the outputs, manifest.json when the stage is done, and until then a ".key" that tells which key the partial
/// work belongs to. A folder with neither is not ours and is never touched.
/// </summary>
internal sealed class StageFolder(string path)
{
    public const string ManifestName = "manifest.json";
    public const string MarkerName = ".key";
    public const string ErrorLogName = "error.log";
    private const int MaximumManifestBytes = 64 << 20;

    public string Path { get; } = path;

    /// <summary>Made by this program: finished or begun.</summary>
    public bool IsOurs => File.Exists(PathOf(ManifestName)) || File.Exists(PathOf(MarkerName));

    /// <summary>The manifest, or null with the reason.</summary>
    public Manifest? ReadManifest(out string problem)
    {
        problem = "";
        try
        {
            var file = new FileInfo(PathOf(ManifestName));
            if (!file.Exists)
            {
                problem = PartialKey() is null ? "no manifest (never run)" : "no manifest (interrupted)";
                return null;
            }

            if (file.Length > MaximumManifestBytes) throw new FormatException($"{file.Length} bytes long");
            return ManifestJson.Read(File.ReadAllBytes(file.FullName));
        }
        catch (FormatException e)
        {
            problem = $"{ManifestName} is damaged: {e.Message}";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            problem = $"{ManifestName} cannot be read: {e.Message}";
        }

        return null;
    }

    /// <summary>The key that unfinished work in the folder belongs to, or null.</summary>
    public string? PartialKey()
    {
        try
        {
            var file = new FileInfo(PathOf(MarkerName));
            return file is { Exists: true, Length: <= 256 } ? File.ReadAllText(file.FullName).Trim() : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Cheap check of a finished stage: every output is there with its size. Null when all is well, else the first problem.</summary>
    public string? FirstMissingOutput(Manifest manifest)
    {
        foreach (var output in manifest.Outputs)
        {
            var file = new FileInfo(PathOf(output.Path));
            if (!file.Exists) return $"output {output.Path} is missing";
            if (file.Length != output.Bytes) return $"output {output.Path} has {file.Length} bytes instead of {output.Bytes}";
        }

        return null;
    }

    /// <summary>
    /// Makes the folder ready for work under <paramref name="key"/>: partial work of the same key stays (unless <paramref name="afresh"/>), all else goes.
    /// </summary>
    /// <returns>Whether partial work was kept.</returns>
    /// <exception cref="GoldilocksException">The folder cannot be written, or holds files that are not ours.</exception>
    public bool Prepare(string key, bool afresh)
    {
        var finished = File.Exists(PathOf(ManifestName));
        if (!afresh && !finished && PartialKey() == key)
        {
            foreach (var leftover in Directory.EnumerateFiles(Path, "*" + AtomicFile.TemporarySuffix, SearchOption.AllDirectories)) File.Delete(leftover);
            File.Delete(PathOf(ErrorLogName));
            return true;
        }

        if (!IsOurs && Content().FirstOrDefault() is { } foreign)
        {
            throw new GoldilocksException($"{foreign.FullName} was not made by goldilocks. Move it away, or choose another folder with --artifacts DIR.");
        }

        // The marker first claims the folder without naming a key, so that stopping half-way leaves neither a manifest over missing outputs
        // nor old files that a later run would take for its own.
        AtomicFile.WriteAllText(PathOf(MarkerName), "clearing\n");
        File.Delete(PathOf(ManifestName));
        foreach (var entry in Content()) Delete(entry);
        AtomicFile.WriteAllText(PathOf(MarkerName), key + "\n");
        return false;
    }

    /// <summary>Hashes everything in the folder.</summary>
    public IReadOnlyList<OutputFile> HashOutputs(IReadOnlyCollection<string> volatileOutputs, CancellationToken cancellation)
    {
        var paths = OutputPaths().Order(StringComparer.Ordinal).ToArray();
        var outputs = new OutputFile[paths.Length];
        Parallel.For(0, paths.Length, new ParallelOptions { CancellationToken = cancellation }, i =>
        {
            var (bytes, hash) = Hash(paths[i]);
            outputs[i] = new OutputFile(paths[i], bytes, hash, volatileOutputs.Contains(paths[i]));
        });
        return outputs;
    }

    /// <summary>Length and SHA-256 of one output.</summary>
    public (long Bytes, string Sha256) Hash(string output)
    {
        using var stream = new FileStream(PathOf(output), FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
        return (stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }

    /// <summary>Relative paths ('/') of what counts as output: neither hidden nor temporary nor the program's own records.</summary>
    public IEnumerable<string> OutputPaths() =>
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Select(file => System.IO.Path.GetRelativePath(Path, file).Replace('\\', '/'))
            .Where(file => file is not (ManifestName or ErrorLogName)
                && !file.EndsWith(AtomicFile.TemporarySuffix, StringComparison.Ordinal)
                && !file.Split('/').Any(part => part.StartsWith('.')));

    /// <summary>Writes the manifest, which makes the stage done; what the stage kept for resuming, in names that begin with '.', goes.</summary>
    public void Finish(Manifest manifest)
    {
        AtomicFile.WriteAllText(PathOf(ManifestName), ManifestJson.Write(manifest));
        foreach (var working in Content().Where(entry => entry.Name.StartsWith('.'))) Delete(working);
        File.Delete(PathOf(MarkerName));
    }

    public string PathOf(string name) => System.IO.Path.Combine(Path, name);

    /// <summary>Everything but the lock and the marker.</summary>
    private IEnumerable<FileSystemInfo> Content() =>
        new DirectoryInfo(Path).EnumerateFileSystemInfos().Where(entry => entry.Name is not (MarkerName or StageLock.LockName or StageLock.OwnerName));

    private static void Delete(FileSystemInfo entry)
    {
        if (entry is DirectoryInfo { LinkTarget: null } folder) folder.Delete(recursive: true);
        else entry.Delete();
    }
}
