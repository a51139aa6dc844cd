using System.Diagnostics;

namespace Goldilocks.Graph.Tests;

/// <summary>Debian's Python with its python3-onnx package: a reader and checker that shares no code with ours.</summary>
internal static class OnnxPython
{
    private const string Interpreter = "/usr/bin/python3";

    private static readonly Lazy<bool> Found = new(() => File.Exists(Interpreter) && Start("import onnx", []).ExitCode == 0);

    public static bool Available => Found.Value;

    /// <summary>Runs a script and gives its standard output; a Python exception fails the test with its text.</summary>
    public static string Run(string script, params string[] arguments)
    {
        var (exitCode, output, error) = Start(script, arguments);
        Assert.True(exitCode == 0, error);
        return output;
    }

    private static (int ExitCode, string Output, string Error) Start(string script, string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Interpreter, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["PYTHONDONTWRITEBYTECODE"] = "1" },
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}
