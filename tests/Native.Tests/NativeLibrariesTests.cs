using System.Runtime.InteropServices;
using Goldilocks.Core;

namespace Goldilocks.Native.Tests;

public sealed class NativeLibrariesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_pinned_versions_are_found()
    {
        Assert.Equal("1.30.0", OrtSession.Version);
        Assert.Equal("v1.5.5", QueryEngine.Version);
        Assert.True(File.Exists(Path.Combine(NativeLibraries.NodeModules, "dejavu-fonts-ttf", "ttf", "DejaVuSans.ttf")));
    }

    [Fact]
    public void The_variable_goes_before_node_modules()
    {
        const string variable = "GOLDILOCKS_TEST_OF_LOCATE";
        var candidates = new[] { "no/such.so", "vega/package.json" };
        Assert.Equal(Path.Combine(NativeLibraries.NodeModules, "vega/package.json"), NativeLibraries.Locate("Engine", variable, candidates));
        Assert.Contains("no/such.so does not exist", Assert.Throws<GoldilocksException>(() => NativeLibraries.Locate("Engine", variable, candidates[..1])).Message, StringComparison.Ordinal);
        Assert.Contains("Engine is not published for", Assert.Throws<GoldilocksException>(() => NativeLibraries.Locate("Engine", variable, [])).Message, StringComparison.Ordinal);

        Environment.SetEnvironmentVariable(variable, _folder.File("own.so"));
        Assert.Equal(_folder.File("own.so"), NativeLibraries.Locate("Engine", variable, candidates));
        Environment.SetEnvironmentVariable(variable, null);
    }

    [Fact]
    public void A_missing_library_is_one_line() => Fails(_folder.File("nowhere.so"), "nowhere.so does not exist. Run 'npm ci --ignore-scripts'");

    [Fact]
    public void A_file_that_is_no_library_is_one_line()
    {
        File.WriteAllText(_folder.File("text.so"), "not a library");
        Fails(_folder.File("text.so"), "cannot be loaded (");
    }

    [Fact]
    public void A_library_for_another_machine_is_one_line()
    {
        var platform = (OperatingSystem.IsWindows(), RuntimeInformation.ProcessArchitecture == Architecture.X64) switch
        {
            (true, true) => "win32/arm64/onnxruntime.dll",
            (true, false) => "win32/x64/onnxruntime.dll",
            (false, true) => "linux/arm64/libonnxruntime.so.1",
            (false, false) => "linux/x64/libonnxruntime.so.1",
        };
        Fails(Path.Combine(NativeLibraries.NodeModules, "onnxruntime-node", "bin", "napi-v6", platform), "cannot be loaded (");
    }

    [Fact]
    public void Each_engine_refuses_the_others_library()
    {
        var ort = Assert.Throws<GoldilocksException>(() => new OrtApi(NativeLibraries.DuckDbPath));
        Assert.Contains("is another library, it exports no OrtGetApiBase", ort.Message, StringComparison.Ordinal);
        var duckdb = Assert.Throws<GoldilocksException>(() => new DuckDbApi(NativeLibraries.OnnxRuntimePath));
        Assert.Contains("is another library, it exports no duckdb_open", duckdb.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("v0.10.3")]
    [InlineData("v1.1.3")]
    [InlineData("1.0.0-dev12")]
    public void An_old_DuckDB_is_refused(string version) =>
        Assert.Contains($"is version {version}; 1.2 or newer is needed", Assert.Throws<GoldilocksException>(() => DuckDbApi.RequireVersion(version, "lib")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("v1.2.0")]
    [InlineData("v1.5.5")]
    [InlineData("v1.10.0")]
    [InlineData("v2.0.0-dev1")]
    [InlineData("development")]
    public void A_newer_DuckDB_is_taken(string version) => DuckDbApi.RequireVersion(version, "lib");

    private static void Fails(string path, string part)
    {
        foreach (var (load, variable) in new (Action, string)[]
        {
            (() => _ = new OrtApi(path), NativeLibraries.OnnxRuntimeVariable),
            (() => _ = new DuckDbApi(path), NativeLibraries.DuckDbVariable),
        })
        {
            var error = Assert.Throws<GoldilocksException>(load);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
            Assert.Contains(part, error.Message, StringComparison.Ordinal);
            Assert.Contains(variable, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            Assert.Equal(ExitCodes.Usage, error.ExitCode);
        }
    }
}
