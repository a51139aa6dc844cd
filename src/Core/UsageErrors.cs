using System.CommandLine;
using System.CommandLine.Parsing;

namespace Goldilocks.Core;

/// <summary>What is wrong with a command line, one line each, with "did you mean".</summary>
internal static class UsageErrors
{
    /// <summary>Unknown words with suggestions; when there are none, the parser's own messages.</summary>
    public static IEnumerable<string> Lines(ParseResult parsed)
    {
        if (parsed.UnmatchedTokens.Count == 0) return parsed.Errors.Select(error => error.Message);
        return parsed.UnmatchedTokens.Select(token => Describe(token, parsed.CommandResult));
    }

    /// <summary>The words typed so far: <c>goldilocks run</c>.</summary>
    public static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : result.Command.Name;

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
