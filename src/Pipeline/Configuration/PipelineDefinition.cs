namespace Goldilocks.Pipeline;

/// <summary>One entry of pipelines.yml, or a preset of one.</summary>
/// <remarks>
/// A preset is the same pipeline with other values. It is called NAME.PRESET and has a folder of its own, so that a quick look and a full
/// reproduction keep their results side by side.
/// </remarks>
internal sealed record PipelineDefinition(string Name, string Where, string Description, IReadOnlyDictionary<string, StageDefinition> Stages)
{
    /// <summary>What of the paper it reproduces ("Figure 3"), or null.</summary>
    public string? Reproduces { get; init; }

    /// <summary>The pipeline that a preset varies; of a pipeline itself, its own name.</summary>
    public string BaseName => Name.Split('.')[0];

    /// <summary>Name of the preset, or null for the pipeline itself.</summary>
    public string? Preset => Name.Split('.') is [_, var preset] ? preset : null;

    /// <summary>Its presets, complete pipelines each, in the order of the file.</summary>
    public IReadOnlyList<PipelineDefinition> Presets { get; init; } = [];
}

/// <summary>The settings of one stage of a pipeline, as written.</summary>
internal sealed record StageDefinition(string Name, string Where, IReadOnlyDictionary<string, Setting> Settings);
