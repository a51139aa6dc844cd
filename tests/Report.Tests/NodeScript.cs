using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Goldilocks.Report.Tests;

/// <summary>Runs a page's script in Node.js, where it needs no page.</summary>
internal static class NodeScript
{
    /// <param name="assets">Scripts of the pages.</param>
    /// <param name="body">JavaScript after them that returns a value, made from <c>input</c>.</param>
    /// <param name="input">Travels as JSON.</param>
    public static JsonNode Run(IEnumerable<string> assets, string body, JsonNode input)
    {
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
            StandardOutputEncoding = Encoding.UTF8,
            ArgumentList = { "--eval", $"{string.Join("\n", assets.Select(Assets.Text))}\nconst input = JSON.parse(require('fs').readFileSync(0, 'utf8'));\nprocess.stdout.write(JSON.stringify((() => {{ {body} }})()));" },
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input.ToJsonString());
        process.StandardInput.Close();
        var answer = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return JsonNode.Parse(answer)!;
    }
}
