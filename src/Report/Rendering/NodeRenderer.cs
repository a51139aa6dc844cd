using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>Draws Vega-Lite specifications as SVG and PNG, all in one Node.js process.</summary>
/// <param name="node">The Node.js executable.</param>
internal sealed class NodeRenderer(string node = "node")
{
    private const string Remedy = "Run 'npm ci --ignore-scripts' in the native folder, or build src/Native again.";

    /// <exception cref="GoldilocksException">Node.js or its packages are missing, or a specification is invalid.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the process is ended.</exception>
    public IReadOnlyList<Picture> Render(IReadOnlyList<RenderJob> jobs, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var modules = NativeLibraries.NodeModules;
        using var process = Start(modules);
        using var registration = cancellation.Register(() => End(process));
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            process.StandardInput.Write(Request(modules, jobs).ToJsonString());
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended before it had read everything; its exit code and its words follow.
        }

        process.WaitForExit();
        cancellation.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw new GoldilocksException($"drawing the figures failed: {Cause(errors.Result)}", ExitCodes.StageFailed);
        using var answer = JsonDocument.Parse(output.Result);
        return [.. answer.RootElement.EnumerateArray().Select(picture => new Picture(
            picture.GetProperty("id").GetString()!, picture.GetProperty("svg").GetString()!, picture.GetProperty("png").GetBytesFromBase64()))];
    }

    private static JsonObject Request(string modules, IReadOnlyList<RenderJob> jobs) => new()
    {
        ["fonts"] = new JsonArray([.. ((string[])["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]).Select(file => (JsonNode)Path.Combine(modules, "dejavu-fonts-ttf", "ttf", file))]),
        ["scale"] = 2,
        ["jobs"] = new JsonArray([.. jobs.Select(job => new JsonObject { ["id"] = job.Id, ["png"] = job.Png, ["spec"] = job.Spec.DeepClone() })]),
    };

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    /// <summary>The line that names the error; stack traces do not help the reader.</summary>
    private static string Cause(string errors)
    {
        var lines = errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (lines.FirstOrDefault(line => line.Contains("Cannot find package", StringComparison.Ordinal)) is { } missing)
            return $"{missing.Split(" imported")[0].Replace("Error [ERR_MODULE_NOT_FOUND]: ", "", StringComparison.Ordinal)}. {Remedy}";
        return lines.FirstOrDefault(line => line.Split(':')[0].EndsWith("Error", StringComparison.Ordinal)) ?? lines.LastOrDefault() ?? "Node.js gave no reason";
    }

    private Process Start(string modules)
    {
        var start = new ProcessStartInfo(node)
        {
            // Bare imports of a script from the command line are looked up from the working directory.
            WorkingDirectory = Path.GetDirectoryName(modules)!,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            ArgumentList = { "--input-type=module", "--eval", Assets.Text("render.mjs") },
        };
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception e)
        {
            throw new GoldilocksException($"Node.js was not found ({node}); it draws the figures. Install Node.js 20 or newer and put it on the PATH.", inner: e);
        }
    }
}
