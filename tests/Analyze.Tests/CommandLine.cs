using Goldilocks.Core;

namespace Goldilocks.Analyze.Tests;

/// <summary>Runs the command as a person would.</summary>
internal static class CommandLine
{
    public static async Task<(int ExitCode, string[] Output, string[] Errors)> Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exitCode = await CommandHost.RunAsync(AnalyzeCommand.Create(), arguments, output, errors);
        return (exitCode, Lines(output), Lines(errors));
    }

    private static string[] Lines(StringWriter writer) => writer.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries);
}
