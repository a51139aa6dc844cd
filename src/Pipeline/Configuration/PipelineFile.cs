using System.Text;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>pipelines.yml: names, descriptions, and the settings of each stage as written. Values are checked by the stages (<see cref="Planner"/>).</summary>
/// <param name="Name">File name for messages.</param>
/// <param name="Pipelines">In the order of the file.</param>
internal sealed record PipelineFile(string Name, IReadOnlyList<PipelineDefinition> Pipelines)
{
    /// <summary>The preset that commands take by default: for pipelines without one of that name, the pipeline as it is written.</summary>
    public const string QuickPreset = "quick";

    private const int MaximumBytes = 1 << 20;
    private const string NameRule = "1 to 64 letters, digits, '-' or '_', beginning with a letter or digit";
    private static readonly string[] PipelineKeys = ["description", "reproduces", "presets"];

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
                    throw Error(name, pipeline.Line, $"pipeline name \"{pipeline.Text}\" must be {NameRule}.");
                }

                pipelines.Add(Pipeline(pipeline, body, name, stages));
            }
        }

        if (pipelines.Count == 0) throw Error(name, 1, "no pipeline is defined. Add \"pipelines:\" with at least one entry.");
        return new PipelineFile(name, pipelines);
    }

    /// <summary>The pipelines, each followed by its presets.</summary>
    public IEnumerable<PipelineDefinition> All => Pipelines.SelectMany(pipeline => pipeline.Presets.Prepend(pipeline));

    /// <summary>The pipeline or preset (NAME.PRESET) called <paramref name="pipeline"/>.</summary>
    /// <exception cref="GoldilocksException">There is none; suggests one.</exception>
    public PipelineDefinition Find(string pipeline) =>
        All.FirstOrDefault(candidate => candidate.Name == pipeline)
        ?? throw new GoldilocksException($"unknown pipeline \"{pipeline}\". {Suggest.Hint(pipeline, All.Select(known => known.Name))}");

    /// <summary>The pipeline in a preset; as it is written where it has no such preset, which some other pipeline must have.</summary>
    /// <exception cref="GoldilocksException">No pipeline has it; suggests one.</exception>
    public PipelineDefinition WithPreset(string pipeline, string preset)
    {
        var known = All.Select(one => one.Preset).OfType<string>().Prepend(QuickPreset).Distinct().ToArray();
        if (!known.Contains(preset)) throw new GoldilocksException($"unknown preset \"{preset}\". {Suggest.Hint(preset, known)}");
        var written = Find(pipeline);
        return written.Presets.FirstOrDefault(one => one.Preset == preset) ?? written;
    }

    private static PipelineDefinition Pipeline(YamlScalar name, YamlNode body, string file, IReadOnlyCollection<string> stages)
    {
        var description = "";
        string? reproduces = null;
        IReadOnlyList<KeyValuePair<YamlScalar, YamlNode>> presets = [];
        var definitions = new Dictionary<string, StageDefinition>(StringComparer.Ordinal);
        foreach (var (key, value) in Map(body, file, name.Text))
        {
            if (key.Text == "description")
            {
                description = Single(value, file, $"{name.Text}.description");
            }
            else if (key.Text == "reproduces")
            {
                reproduces = Single(value, file, $"{name.Text}.reproduces");
            }
            else if (key.Text == "presets")
            {
                presets = Map(value, file, $"{name.Text}.presets");
            }
            else if (stages.Contains(key.Text))
            {
                definitions.Add(key.Text, new StageDefinition(key.Text, $"{file}:{key.Line}", Settings(value, file, $"{name.Text}.{key.Text}")));
            }
            else
            {
                throw Error(file, key.Line, $"unknown key \"{key.Text}\" in pipeline {name.Text}. {Suggest.Hint(key.Text, [.. PipelineKeys, .. stages])}");
            }
        }

        if (definitions.Count == 0) throw Error(file, name.Line, $"pipeline {name.Text} has no stage. Stages: {string.Join(", ", stages)}.");
        var pipeline = new PipelineDefinition(name.Text, $"{file}:{name.Line}", description, definitions) { Reproduces = reproduces };
        return pipeline with { Presets = [.. presets.Select(preset => Preset(pipeline, preset.Key, preset.Value, file))] };
    }

    /// <summary>The pipeline with the preset's values in place of its own.</summary>
    private static PipelineDefinition Preset(PipelineDefinition pipeline, YamlScalar name, YamlNode body, string file)
    {
        if (!ValidName(name.Text)) throw Error(file, name.Line, $"preset name \"{name.Text}\" must be {NameRule}.");
        var path = $"{pipeline.Name}.presets.{name.Text}";
        var definitions = new Dictionary<string, StageDefinition>(pipeline.Stages, StringComparer.Ordinal);
        foreach (var (key, value) in Map(body, file, path))
        {
            if (!definitions.TryGetValue(key.Text, out var definition)) throw Error(file, key.Line, $"pipeline {pipeline.Name} has no stage \"{key.Text}\". {Suggest.Hint(key.Text, definitions.Keys)}");
            var settings = new Dictionary<string, Setting>(definition.Settings, StringComparer.Ordinal);
            foreach (var (setting, given) in Settings(value, file, $"{path}.{key.Text}")) settings[setting] = given;
            definitions[key.Text] = definition with { Settings = settings };
        }

        return pipeline with { Name = $"{pipeline.Name}.{name.Text}", Where = $"{file}:{name.Line}", Stages = definitions };
    }

    private static Dictionary<string, Setting> Settings(YamlNode value, string file, string path)
    {
        var settings = new Dictionary<string, Setting>(StringComparer.Ordinal);
        foreach (var (key, node) in Map(value, file, path))
        {
            var where = $"{file}:{key.Line}";
            settings.Add(key.Text, node is YamlScalar ? new Setting(Single(node, file, $"{path}.{key.Text}"), where) : new Setting("", where) { Structure = node });
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
