using System.Reflection;
using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native;

/// <summary>
/// Where the native engines lie: <c>native/node_modules</c>, searched from the program's folder upwards and then where this assembly was built.
/// <see cref="OnnxRuntimeVariable"/> and <see cref="DuckDbVariable"/> (full paths of a library) go before both.
/// </summary>
public static class NativeLibraries
{
    /// <summary>Environment variable with the full path of another ONNX Runtime library, a CUDA build for instance.</summary>
    public const string OnnxRuntimeVariable = "GOLDILOCKS_ONNXRUNTIME";

    /// <summary>Environment variable with the full path of another DuckDB library.</summary>
    public const string DuckDbVariable = "GOLDILOCKS_DUCKDB";

    private const string Install = "Run 'npm ci --ignore-scripts' in the native folder";

    /// <summary>Full path of <c>native/node_modules</c>, which also holds Vega and the font.</summary>
    /// <exception cref="GoldilocksException">The folder was not found.</exception>
    public static string NodeModules => FindNodeModules()
        ?? throw new GoldilocksException($"native/node_modules was not found above {AppContext.BaseDirectory}. {Install}, or build src/Native again.");

    /// <summary>Full path of the ONNX Runtime library for this platform.</summary>
    /// <exception cref="GoldilocksException">There is none.</exception>
    public static string OnnxRuntimePath => Locate("ONNX Runtime", OnnxRuntimeVariable, OnnxRuntimeCandidates());

    /// <summary>Full path of the DuckDB library for this platform.</summary>
    /// <exception cref="GoldilocksException">There is none.</exception>
    public static string DuckDbPath => Locate("DuckDB", DuckDbVariable, DuckDbCandidates());

    /// <summary>Loads a library and makes sure that it is what it should be.</summary>
    /// <param name="engine">Its name in messages.</param>
    /// <param name="path">Full path of the file.</param>
    /// <param name="variable">The environment variable that overrides the path.</param>
    /// <param name="export">A function that only the right library exports.</param>
    /// <returns>The module's handle, to be kept for the life of the process.</returns>
    internal static nint Load(string engine, string path, string variable, string export)
    {
        if (!File.Exists(path)) throw new GoldilocksException($"{engine}: {path} does not exist. {Install}, or set {variable} to the full path of the library.");
        nint module;
        try
        {
            module = NativeLibrary.Load(path);
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException)
        {
            throw new GoldilocksException($"{engine}: {path} cannot be loaded ({LastLine(e.Message)}). {Hint(variable)}", inner: e);
        }

        if (NativeLibrary.TryGetExport(module, export, out _)) return module;
        NativeLibrary.Free(module);
        throw new GoldilocksException($"{engine}: {path} is another library, it exports no {export}. {Hint(variable)}");
    }

    /// <summary>The remedy for a library that is there but does not serve.</summary>
    internal static string Hint(string variable) =>
        $"{Install}, or let {variable} name a library for {RuntimeInformation.OSDescription.Split(' ')[0]} {RuntimeInformation.ProcessArchitecture}.";

    private static string Locate(string engine, string variable, string[] candidates)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } chosen) return Path.GetFullPath(chosen);
        var modules = NodeModules;
        return candidates.Select(candidate => Path.Combine(modules, candidate)).FirstOrDefault(File.Exists)
            ?? throw new GoldilocksException(candidates.Length == 0
                ? $"{engine} is not published for {RuntimeInformation.RuntimeIdentifier}. Set {variable} to the full path of a library that you built."
                : $"{engine}: {Path.Combine(modules, candidates[0])} does not exist. {Install}, or set {variable} to the full path of the library.");
    }

    private static string[] OnnxRuntimeCandidates()
    {
        var folder = $"onnxruntime-node/bin/napi-v6/{(OperatingSystem.IsMacOS() ? "darwin" : OperatingSystem.IsWindows() ? "win32" : "linux")}/{Architecture}";
        if (OperatingSystem.IsWindows()) return [$"{folder}/onnxruntime.dll"];
        if (OperatingSystem.IsLinux()) return [$"{folder}/libonnxruntime.so.1"];
        return OperatingSystem.IsMacOS() && Architecture == "arm64" ? [$"{folder}/libonnxruntime.1.dylib"] : [];
    }

    private static string[] DuckDbCandidates()
    {
        if (OperatingSystem.IsWindows()) return [$"@duckdb/node-bindings-win32-{Architecture}/duckdb.dll"];
        if (OperatingSystem.IsMacOS()) return [$"@duckdb/node-bindings-darwin-{Architecture}/libduckdb.dylib"];
        return OperatingSystem.IsLinux()
            ? [$"@duckdb/node-bindings-linux-{Architecture}/libduckdb.so", $"@duckdb/node-bindings-linux-{Architecture}-musl/libduckdb.so"]
            : [];
    }

    /// <summary>Node's name of the processor architecture.</summary>
    private static string Architecture => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.X64 => "x64",
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        var other => other.ToString(),
    };

    private static string? FindNodeModules()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var found = Path.Combine(folder.FullName, "native", "node_modules");
            if (Directory.Exists(found)) return found;
        }

        var built = typeof(NativeLibraries).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .FirstOrDefault(attribute => attribute.Key == "GoldilocksNativeFolder")?.Value;
        return built is not null && Directory.Exists(Path.Combine(built, "node_modules")) ? Path.Combine(built, "node_modules") : null;
    }

    /// <summary>The loader lists all it tried; the cause stands last.</summary>
    private static string LastLine(string message) =>
        message.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "unknown cause";
}
