using System.CommandLine;

namespace Goldilocks.Core.Tests;

public sealed class CommandHostTests
{
    [Theory]
    [InlineData(new[] { "--widht", "3" }, "error: unknown option \"--widht\". Did you mean \"--width\"?")]
    [InlineData(new[] { "word", "--widht=3" }, "error: unknown option \"--widht\". Did you mean \"--width\"?")]
    [InlineData(new[] { "--width" }, "error: Required argument missing for option: '--width'.")]
    public async Task Wrong_options_are_explained(string[] arguments, string expected)
    {
        var (code, _, error) = await Run(_ => { }, arguments);
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal(expected, error.Split('\n')[0]);
        Assert.Equal("Run 'measure --help' for usage.", error.Split('\n')[1]);
    }

    [Fact]
    public async Task A_word_after_a_double_dash_is_a_word()
    {
        string[]? words = null;
        var (code, _, _) = await Run(parsed => words = parsed.GetValue<string[]>("words"), "--", "--widht");
        Assert.Equal(ExitCodes.Success, code);
        Assert.Equal("--widht", Assert.Single(words!));
    }

    [Fact]
    public async Task A_user_error_is_one_line_and_its_exit_code()
    {
        var (code, output, error) = await Run(_ => throw new GoldilocksException("three is too few.", ExitCodes.Mismatch));
        Assert.Equal((ExitCodes.Mismatch, "", "error: three is too few.\n"), (code, output, error));
    }

    [Fact]
    public async Task A_command_alone_has_help()
    {
        var (code, output, _) = await Run(_ => { }, "--help");
        Assert.Equal(ExitCodes.Success, code);
        Assert.Contains("Measures things.", output, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> Run(Action<ParseResult> action, params string[] arguments)
    {
        var command = new Command("measure", "Measures things.")
        {
            new Option<int>("--width"), new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore },
        };
        command.SetAction(action);
        using var output = new StringWriter();
        using var error = new StringWriter();
        return (await CommandHost.RunAsync(command, arguments, output, error), output.ToString(), error.ToString());
    }
}
