using System.Diagnostics;
using System.Text.Json;

namespace Goldilocks.Report.Tests;

/// <summary>Runs the pages' pure functions in Node.js.</summary>
internal static class NodeScript
{
    /// <summary>Evaluates a program after scripts among the assets.</summary>
    /// <param name="scripts">Their names.</param>
    /// <param name="program">JavaScript; <c>input</c> is the input, and what it returns is the answer.</param>
    /// <param name="input">Anything that JSON can hold.</param>
    public static JsonElement Run(IEnumerable<string> scripts, string program, object input)
    {
        var code = $"{string.Concat(scripts.Select(Assets.Text))}\nconst input = JSON.parse(require('node:fs').readFileSync(0, 'utf8'));\nprocess.stdout.write(JSON.stringify((() => {{ {program} }})()));";
        using var folder = new TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(folder.Inner("script")).FullName, "main.cjs");
        File.WriteAllText(path, code);
        var start = new ProcessStartInfo("node", [path]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.StandardInput.Write(JsonSerializer.Serialize(input));
        process.StandardInput.Close();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return JsonDocument.Parse(output.Result).RootElement;
    }
}
