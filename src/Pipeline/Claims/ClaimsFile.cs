using System.Text;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>claims.yml, the ledger: which claims of the paper are tested, by which query, and what is known of them.</summary>
internal static class ClaimsFile
{
    public const string FileName = "claims.yml";

    private static readonly string[] Keys = ["claim", "source", "pipelines", "query", "holds_if", "tolerance", "recorded"];
    private static readonly string[] Records = ["holds", "fails"];

    /// <summary>The ledger beside pipelines.yml.</summary>
    /// <exception cref="GoldilocksException">Missing, malformed, an unknown key, or a pipeline that <paramref name="pipelines"/> does not have.</exception>
    public static IReadOnlyList<Claim> Read(string path, PipelineFile pipelines)
    {
        try
        {
            return Parse(File.ReadAllText(path, new UTF8Encoding(false, throwOnInvalidBytes: true)), Path.GetFileName(path), pipelines);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DecoderFallbackException)
        {
            throw new GoldilocksException($"cannot read {path}: {e.Message.TrimEnd('.')}. The ledger of claims lies beside pipelines.yml.", inner: e);
        }
    }

    /// <summary>As <see cref="Read"/>, from text.</summary>
    public static IReadOnlyList<Claim> Parse(string text, string file, PipelineFile pipelines)
    {
        if (YamlTree.Parse(text.TrimStart('\uFEFF'), file) is not YamlMap { Entries: [({ Text: "claims" }, YamlMap ledger)] })
            throw new LocatedException($"{file}:1", "the file must hold one mapping \"claims:\".");
        return [.. ledger.Entries.Select(entry => Entry(entry.Key, entry.Value, file, pipelines))];
    }

    private static Claim Entry(YamlScalar id, YamlNode body, string file, PipelineFile pipelines)
    {
        var where = $"{file}:{id.Line}";
        if (body is not YamlMap map) throw new LocatedException(where, $"claim {id.Text} must be a mapping, not {body.Kind}.");
        var values = map.Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value, StringComparer.Ordinal);
        foreach (var (key, node) in map.Entries)
        {
            if (!Keys.Contains(key.Text)) throw new LocatedException($"{file}:{key.Line}", $"unknown key \"{key.Text}\" in claim {id.Text}. {Suggest.Hint(key.Text, Keys)}");
            if (key.Text != "pipelines" && node is not YamlScalar { IsNull: false }) throw new LocatedException($"{file}:{key.Line}", $"{id.Text}.{key.Text} must be a text, not {node.Kind}.");
        }

        string Text(string key) => values.TryGetValue(key, out var node) ? ((YamlScalar)node).Text.Trim() : throw new LocatedException(where, $"claim {id.Text} has no \"{key}\".");
        var names = values.GetValueOrDefault("pipelines") is YamlList list ? [.. list.Items.OfType<YamlScalar>().Select(item => item.Text)]
            : values.GetValueOrDefault("pipelines") is YamlScalar one ? (string[])[one.Text] : throw new LocatedException(where, $"claim {id.Text} has no \"pipelines\".");
        foreach (var name in names)
        {
            if (!pipelines.Pipelines.Any(known => known.Name == name))
                throw new LocatedException(where, $"claim {id.Text}: unknown pipeline \"{name}\". {Suggest.Hint(name, pipelines.Pipelines.Select(known => known.Name))}");
        }

        var recorded = Text("recorded");
        if (!Records.Contains(recorded)) throw new LocatedException(where, $"{id.Text}.recorded: \"{recorded}\" is not allowed; expected {string.Join(" or ", Records)}.");
        return new Claim(id.Text, where, Text("claim"), Text("source"), names, Text("query"), Text("holds_if"), Text("tolerance"), recorded == "holds");
    }
}
