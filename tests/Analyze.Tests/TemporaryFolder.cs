namespace Goldilocks.Analyze.Tests;

/// <summary>A folder that goes away with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("goldilocks-analyze-");

    public string Path => _folder.FullName;

    public string File(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => _folder.Delete(recursive: true);
}
