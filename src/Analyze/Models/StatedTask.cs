using System.Globalization;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>A task in words: <c>add mod 59</c>, <c>x2+xy+y2 mod 59</c>, <c>add 10</c>, <c>group s5</c>, each with <c>ordered</c> or <c>unordered</c> behind it.</summary>
/// <param name="Name">The operation's name in metadata.</param>
/// <param name="Symbols">P.</param>
/// <param name="Ordered">Whether (a, b) and (b, a) are two samples.</param>
internal sealed record StatedTask(string Name, int Symbols, bool Ordered)
{
    private const string Plain = "add", PlainModular = "modular_add", Modular = "modular_", Ordering = "ordered", Unordering = "unordered";

    private const string Forms = "expected \"add mod P\" (or subtract, multiply, divide, x2+y2, x2+xy+y2, x3+xy), \"add P\" for the plain sum, or \"group NAME\"; then optionally ordered or unordered";

    private static readonly string[] Short = [.. Operations.Names.Where(name => name.StartsWith(Modular, StringComparison.Ordinal)).Select(name => name[Modular.Length..])];

    /// <exception cref="GoldilocksException">No such task.</exception>
    public static StatedTask Parse(string text)
    {
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        bool? ordered = words is [.., Ordering] ? true : words is [.., Unordering] ? false : null;
        if (ordered is not null) words = words[..^1];
        try
        {
            return words switch
            {
                ["group", var group] => OfGroup(Operations.GroupPrefix + group, ordered),
                [var group] when group.StartsWith(Operations.GroupPrefix, StringComparison.Ordinal) => OfGroup(group, ordered),
                [var operation, "mod", var p] => Of(Short.Contains(operation) ? Modular + operation : operation, Number(p), ordered),
                [var operation, var p] when Short.Contains(operation) && operation != Plain => throw new GoldilocksException($"only add has a plain result; say \"{operation} mod {Number(p)}\"."),
                [var operation, var p] => Of(operation, Number(p), ordered),
                _ => throw new GoldilocksException($"{Forms}."),
            };
        }
        catch (GoldilocksException e)
        {
            throw new GoldilocksException($"--task {InputFile.Quote(text)}: {e.Message}", ExitCodes.Usage, e);
        }
    }

    private static StatedTask Of(string operation, int symbols, bool? ordered)
    {
        // What has no name or no such P is refused here.
        if (Operations.Parse(operation, symbols).Symbols != symbols) throw new InvalidOperationException($"{operation} has another number of symbols.");
        if (ordered == false && operation is not (Plain or PlainModular)) throw new GoldilocksException("only sums have unordered pairs.");
        return new StatedTask(operation, symbols, ordered ?? operation != Plain);
    }

    private static StatedTask OfGroup(string name, bool? ordered) =>
        ordered == false ? throw new GoldilocksException("a group's pairs are ordered.") : new StatedTask(name, Groups.Parse(name[Operations.GroupPrefix.Length..]).Order, Ordered: true);

    private static int Number(string word) => int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw new GoldilocksException($"{InputFile.Quote(word)} is no number; {Forms}.");
}
