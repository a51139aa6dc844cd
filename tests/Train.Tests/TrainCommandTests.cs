using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Train.Tests;

public sealed class TrainCommandTests
{
    [Theory]
    [InlineData("toy-adition", "Did you mean \"toy-addition\"?")]
    [InlineData("toy-addition --set sed=1", "Did you mean \"seed\"?")]
    [InlineData("toy-addition --set seed", "expected key=value")]
    [InlineData("toy-addition --set train_samples=56", "has 55 samples")]
    [InlineData("toy-addition --jobs 0", "at least 1")]
    [InlineData("toy-addition --seeds 0", "at least 1")]
    [InlineData("toy-addition --set seed=4294967295 --seeds 2", "seed: \"4294967296\" is not allowed")]
    public async Task Wrong_use_is_one_line_and_exit_code_2_and_leaves_nothing(string arguments, string part)
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await Run([.. arguments.Split(' '), "-o", folder.File("out")]);
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Contains(part, error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(character => character == '\n'));
        Assert.Empty(output);
        Assert.False(Directory.Exists(folder.File("out")));
    }

    [Fact]
    public async Task Json_lists_every_run_with_counting_seeds()
    {
        using var folder = new TemporaryFolder();
        string[] arguments = ["toy-addition", "--set", "steps=20", "--set", "width=16", "--set", "seed=5", "--seeds", "3", "--jobs", "2", "--json", "-o", folder.Path];
        var (code, output, _) = await Run(arguments);
        Assert.Equal(ExitCodes.Success, code);
        using var json = JsonDocument.Parse(output);
        Assert.Equal([5, 6, 7], json.RootElement.EnumerateArray().Select(run => run.GetProperty("seed").GetInt32()));
        Assert.All(json.RootElement.EnumerateArray(), run => Assert.Equal(20, run.GetProperty("steps").GetInt64()));
        Assert.All(json.RootElement.EnumerateArray(), run => Assert.Equal(JsonValueKind.Null, run.GetProperty("validation_accuracy_step").ValueKind));
        Assert.True(File.Exists(folder.File("runs.parquet")));
    }

    [Fact]
    public async Task Text_names_the_thresholds_and_the_folder()
    {
        using var folder = new TemporaryFolder();
        var (code, output, _) = await Run(["toy-addition", "--set", "steps=3", "-o", folder.Path]);
        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains("validation never", output, StringComparison.Ordinal);
        Assert.Contains(folder.Path, output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Parameters_are_listed_with_default_range_and_meaning()
    {
        var (code, output, _) = await Run(["toy-addition", "--parameters"]);
        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains("decoder_lr = 0.0001   (number in [0, 100])  learning rate of the decoder", output, StringComparison.Ordinal);
        Assert.Equal(Recipe.Find("toy-addition").Parameters.Count, output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await CommandHost.RunAsync(TrainCommand.Create(), arguments, output, error), output.ToString(), error.ToString());
    }
}
