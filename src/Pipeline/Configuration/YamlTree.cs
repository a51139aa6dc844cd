using Goldilocks.Core;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Goldilocks.Pipeline;

/// <summary>
/// Reads one small YAML document into nodes with line numbers. Anchors, aliases and tags are refused: configuration needs none of them,
/// and aliases let a few lines stand for billions of values.
/// </summary>
internal sealed class YamlTree
{
    private const int MaximumDepth = 16;
    private readonly string _file;
    private readonly Parser _parser;
    private int _line = 1;

    private YamlTree(string text, string file)
    {
        _file = file;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The root node of <paramref name="text"/>; null when the document is empty.</summary>
    /// <exception cref="LocatedException">Malformed or refused YAML, with the line.</exception>
    public static YamlNode? Parse(string text, string file)
    {
        RefuseTabs(text, file);
        var tree = new YamlTree(text, file);
        try
        {
            return tree.Document();
        }
        catch (YamlException e)
        {
            var line = Math.Max(1, e.Start.Line);
            throw new LocatedException($"{file}:{line}", $"malformed YAML: {OneLine(e.Message)}", e);
        }
        catch (Exception e) when (e is not GoldilocksException)
        {
            // The parser fails with other exceptions on some malformed text; where it stood is all that is known.
            throw new LocatedException($"{file}:{tree._line}", "malformed YAML near here: check brackets, quotes and indentation.", e);
        }
    }

    /// <summary>The commonest mistake deserves its own words; the parser reports it at the start of whatever surrounds it.</summary>
    private static void RefuseTabs(string text, string file)
    {
        var line = 0;
        foreach (var content in text.AsSpan().EnumerateLines())
        {
            line++;
            var indent = content[..^content.TrimStart().Length];
            if (indent.Contains('\t') && indent.Length < content.Length && content[indent.Length] != '#')
            {
                throw new LocatedException($"{file}:{line}", "this line is indented with a tab; YAML allows only spaces.");
            }
        }
    }

    private YamlNode? Document()
    {
        YamlNode? root = null;
        while (Next() is not StreamEnd)
        {
            if (_parser.Current is not DocumentStart) continue;
            if (root is not null) throw Error("a second document begins here; the file must hold one.");
            Next();
            root = Node(0);
        }

        return root is YamlScalar { IsNull: true } ? null : root;
    }

    /// <summary>The node whose first event is current; afterwards its last event is.</summary>
    private YamlNode Node(int depth)
    {
        if (depth > MaximumDepth) throw Error($"nested more than {MaximumDepth} levels deep.");
        if (_parser.Current is AnchorAlias) throw Error("aliases (*name) are not supported; write the value out.");
        if (_parser.Current is NodeEvent node)
        {
            if (!node.Anchor.IsEmpty) throw Error("anchors (&name) are not supported; write the value out.");
            if (!node.Tag.IsEmpty) throw Error("tags (!name) are not supported; write the plain value.");
        }

        return _parser.Current switch
        {
            Scalar scalar => Value(scalar),
            SequenceStart => List(depth),
            MappingStart => Map(depth),
            _ => throw Error("a value was expected here."),
        };
    }

    private YamlScalar Value(Scalar scalar)
    {
        var plain = scalar.Style is ScalarStyle.Plain or ScalarStyle.Any;
        return new YamlScalar(_line, scalar.Value, plain && scalar.Value is "" or "~" or "null");
    }

    private YamlList List(int depth)
    {
        var line = _line;
        var items = new List<YamlNode>();
        while (Next() is not SequenceEnd) items.Add(Node(depth + 1));
        return new YamlList(line, items);
    }

    private YamlMap Map(int depth)
    {
        var line = _line;
        var entries = new List<KeyValuePair<YamlScalar, YamlNode>>();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        while (Next() is not MappingEnd)
        {
            if (Node(depth + 1) is not YamlScalar key) throw Error("a key must be a single word.");
            if (!seen.TryAdd(key.Text, key.Line)) throw Error($"\"{key.Text}\" is given twice (first on line {seen[key.Text]}); keep one.");
            Next();
            entries.Add(new(key, Node(depth + 1)));
        }

        return new YamlMap(line, entries);
    }

    private ParsingEvent Next()
    {
        if (!_parser.MoveNext()) throw Error("the document ends unexpectedly.");
        var current = _parser.Current!;
        _line = (int)Math.Max(1, current.Start.Line);
        return current;
    }

    private LocatedException Error(string message) => new($"{_file}:{_line}", message);

    private static string OneLine(string message) => message.ReplaceLineEndings(" ").TrimEnd('.') + ".";
}
