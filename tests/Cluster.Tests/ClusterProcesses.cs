using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace Goldilocks.Cluster.Tests;

/// <summary>Finds processes by a variable of their environment, which children inherit also where they leave their parent and process group.</summary>
internal static class ClusterProcesses
{
    /// <summary>The ids of all living processes that were started with every one of the given "NAME=value".</summary>
    public static int[] With(params string[] variables)
    {
        var ids = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName).Where(name => name!.All(char.IsAsciiDigit));
        return [.. ids.Where(id => variables.All(Environment($"/proc/{id}/environ").Contains)).Select(id => int.Parse(id!, CultureInfo.InvariantCulture))];
    }

    /// <summary>Ends them at once, and what they start meanwhile.</summary>
    /// <exception cref="TimeoutException">Some are still there after ten seconds.</exception>
    public static void Kill(params string[] variables)
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            if (With(variables) is not { Length: > 0 } ids) return;
            foreach (var id in ids) Kill(id);
            Thread.Sleep(50);
        }

        throw new TimeoutException($"processes that do not end: {string.Join(", ", With(variables))}");
    }

    public static void Kill(int id)
    {
        try
        {
            using var process = Process.GetProcessById(id);
            process.Kill();
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    private static HashSet<string> Environment(string path)
    {
        try
        {
            return [.. Encoding.UTF8.GetString(File.ReadAllBytes(path)).Split('\0')];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
