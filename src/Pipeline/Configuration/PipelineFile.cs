using System.Text;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>pipelines.yml: names, descriptions, and the settings of each stage as written. Values are checked by the stages (<see cref="Planner"/>).</summary>
/// <param name="Name">File name for messages.</param>
/// <param name="Pipelines">In the order of the file.</param>
internal sealed record PipelineFile(string Name, IReadOnlyList<PipelineDefinition> Pipelines)
{
    private const int MaximumBytes = 1 << 20;

    /// <exception cref="GoldilocksException">Missing, unreadable, too large, malformed, or with unknown names; with the line where there is one.</exception>
    public static PipelineFile Read(string path, IReadOnlyCollection<string> stages)
    {
        var name = Path.GetFileName(path);
        try
        {
            using var stream = File.OpenRead(path);
            if (stream.Length > MaximumBytes) throw new GoldilocksException($"{name} has {stream.Length} bytes; the limit is {MaximumBytes}. Is it the right file?");
            var bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return Parse(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes), name, stages);
        }
        catch (DecoderFallbackException e)
        {
            throw new GoldilocksException($"{name} is not UTF-8 text. Save it as UTF-8.", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GoldilocksException($"cannot read {path}: {e.Message.TrimEnd('.')}. Name another with --file.", inner: e);
        }
    }

    /// <summary>As <see cref="Read"/>, from text.</summary>
    public static PipelineFile Parse(string text, string name, IReadOnlyCollection<string> stages)
    {
        var pipelines = new List<PipelineDefinition>();
        var root = YamlTree.Parse(text.TrimStart('\uFEFF'), name);
        foreach (var (key, value) in Map(root ?? new YamlMap(1, []), name, "the file"))
        {
            if (key.Text != "pipelines") throw Error(name, key.Line, $"unknown key \"{key.Text}\". {Suggest.Hint(key.Text, ["pipelines"])}");
            foreach (var (pipeline, body) in Map(value, name, "pipelines"))
            {
                if (!ValidName(pipeline.Text))
                {
                    throw Error(name, pipeline.Line, $"pipeline name \"{pipeline.Text}\" must be 1 to 64 letters, digits, '-' or '_', beginning with a letter or digit.");
                }

                pipelines.Add(Pipeline(pipeline, body, name, stages));
            }
        }

        if (pipelines.Count == 0) throw Error(name, 1, "no pipeline is defined. Add \"pipelines:\" with at least one entry.");
        return new PipelineFile(name, pipelines);
    }

    /// <summary>The pipeline called <paramref name="pipeline"/>.</summary>
    /// <exception cref="GoldilocksException">There is none; suggests one.</exception>
    public PipelineDefinition Find(string pipeline) =>
        Pipelines.FirstOrDefault(candidate => candidate.Name == pipeline)
        ?? throw new GoldilocksException($"unknown pipeline \"{pipeline}\". {Suggest.Hint(pipeline, Pipelines.Select(known => known.Name))}");

    private static PipelineDefinition Pipeline(YamlScalar name, YamlNode body, string file, IReadOnlyCollection<string> stages)
    {
        var description = "";
        var definitions = new Dictionary<string, StageDefinition>(StringComparer.Ordinal);
        foreach (var (key, value) in Map(body, file, name.Text))
        {
            if (key.Text == "description")
            {
                description = Single(value, file, $"{name.Text}.description");
            }
            else if (stages.Contains(key.Text))
            {
                definitions.Add(key.Text, new StageDefinition(key.Text, $"{file}:{key.Line}", Settings(value, file, $"{name.Text}.{key.Text}")));
            }
            else
            {
                throw Error(file, key.Line, $"unknown key \"{key.Text}\" in pipeline {name.Text}. {Suggest.Hint(key.Text, stages.Prepend("description"))}");
            }
        }

        if (definitions.Count == 0) throw Error(file, name.Line, $"pipeline {name.Text} has no stage. Stages: {string.Join(", ", stages)}.");
        return new PipelineDefinition(name.Text, $"{file}:{name.Line}", description, definitions);
    }

    private static Dictionary<string, Setting> Settings(YamlNode value, string file, string path)
    {
        var settings = new Dictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var (key, node) in Map(value, file, path))
        {
            settings.Add(key.Text, new Setting(Single(node, file, $"{path}.{key.Text}"), $"{file}:{key.Line}"));
        }

        return settings;
    }

    private static IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> Map(YamlNode node, string file, string path) => node switch
    {
        YamlMap map => map.Entries,
        YamlScalar { IsNull: true } => [],
        _ => throw Error(file, node.Line, $"{path} must be a mapping (\"key: value\" lines), not {node.Kind}."),
    };

    private static string Single(YamlNode node, string file, string path) =>
        node is YamlScalar { IsNull: false } scalar && !scalar.Text.Contains('\n', StringComparison.Ordinal)
            ? scalar.Text
            : throw Error(file, node.Line, $"{path} must be a single value on one line, not {(node is YamlScalar { IsNull: false } ? "several lines" : node.Kind)}.");

    private static LocatedException Error(string file, int line, string message) => new($"{file}:{line}", message);

    /// <summary>Names become folders, so they hold nothing that a path could misread.</summary>
    private static bool ValidName(string name) =>
        name.Length is >= 1 and <= 64 && char.IsAsciiLetterOrDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
}
