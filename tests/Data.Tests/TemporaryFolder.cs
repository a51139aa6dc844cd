using System.Security.Cryptography;

namespace Goldilocks.Data.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("goldilocks-train-");

    public string Path => _folder.FullName;

    public string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    /// <summary>Hash by relative path of every file but the table of timings.</summary>
    public SortedDictionary<string, string> Hashes()
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var file in _folder.EnumerateFiles("*", SearchOption.AllDirectories))
        {
            var name = System.IO.Path.GetRelativePath(Path, file.FullName);
            if (name != "timings.parquet") hashes[name] = Convert.ToHexStringLower(SHA256.HashData(System.IO.File.ReadAllBytes(file.FullName)));
        }

        return hashes;
    }

    public void Dispose() => _folder.Delete(recursive: true);
}
