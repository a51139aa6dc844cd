using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Goldilocks.Core;

/// <summary>What a result was made on. It goes into manifests, timings and reports, never into an identity or a result table.</summary>
/// <param name="Machine">Host name.</param>
/// <param name="Processor">Model name of the processor, or its architecture where the system does not tell.</param>
/// <param name="Cores">Logical processors this process may use.</param>
/// <param name="VectorBits">Widest SIMD register in use: 512, 256 or 128.</param>
/// <param name="OperatingSystem">Name and version.</param>
/// <param name="Runtime">.NET version.</param>
/// <param name="CodeVersion">Version of this program, with the commit where it was built from a checkout.</param>
public sealed record MachineInfo(
    string Machine, string Processor, int Cores, int VectorBits, string OperatingSystem, string Runtime, string CodeVersion)
{
    public static MachineInfo Current() => new(
        Environment.MachineName,
        ProcessorName(),
        Environment.ProcessorCount,
        Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128,
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        typeof(MachineInfo).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown");

    private static string ProcessorName()
    {
        const string table = "/proc/cpuinfo";
        try
        {
            if (File.Exists(table))
            {
                var line = File.ReadLines(table).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal));
                if (line is not null) return line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A sandbox may hide the table; the architecture then stands in.
        }

        return RuntimeInformation.ProcessArchitecture.ToString();
    }
}
