using System.CommandLine;
using System.CommandLine.Parsing;

namespace Goldilocks.Core;

/// <summary>What is wrong with a command line, one line each, with "did you mean".</summary>
internal static class UsageErrors
{
    /// <summary>Unknown words with suggestions; when there are none, the parser's own messages; empty when all is well.</summary>
    public static IReadOnlyList<string> Lines(ParseResult parsed)
    {
        var unknown = parsed.UnmatchedTokens.Concat(SwallowedOptions(parsed)).Select(token => Describe(token, parsed.CommandResult)).ToArray();
        return unknown.Length > 0 ? unknown : [.. parsed.Errors.Select(error => error.Message)];
    }

    /// <summary>The words typed so far: <c>goldilocks run</c>.</summary>
    public static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;

    /// <summary>A command that takes any number of words takes a mistyped option for one of them, unless "--" says that it is meant so.</summary>
    private static IEnumerable<string> SwallowedOptions(ParseResult parsed) =>
        parsed.Tokens.Any(token => token.Type == TokenType.DoubleDash) ? []
        : parsed.CommandResult.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value).Where(LooksLikeOption);

    private static bool LooksLikeOption(string word)
    {
        var name = word.Split('=')[0].TrimStart('-');
        return word.StartsWith('-') && name.Length > 0 && char.IsAsciiLetter(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-');
    }

    private static string Describe(string token, CommandResult result)
    {
        if (token.StartsWith('-'))
        {
            var name = token.Split('=', ':')[0];
            return $"unknown option \"{name}\". {Suggest.Hint(name, Options(result))}";
        }

        var commands = result.Command.Subcommands.Where(command => !command.Hidden).Select(command => command.Name).ToArray();
        return commands.Length > 0
            ? $"unknown command \"{token}\". {Suggest.Hint(token, commands)}"
            : $"unexpected argument \"{token}\".";
    }

    private static IEnumerable<string> Options(CommandResult result)
    {
        var own = result.Command.Options.Where(option => !option.Hidden);
        for (var parent = result.Parent as CommandResult; parent is not null; parent = parent.Parent as CommandResult)
        {
            own = own.Concat(parent.Command.Options.Where(option => option.Recursive && !option.Hidden));
        }

        return own.Select(option => option.Name);
    }
}
