namespace Goldilocks.Pipeline;

/// <summary>One entry of pipelines.yml.</summary>
internal sealed record PipelineDefinition(string Name, string Where, string Description, IReadOnlyDictionary<string, StageDefinition> Stages);

/// <summary>The settings of one stage of a pipeline, as written.</summary>
internal sealed record StageDefinition(string Name, string Where, IReadOnlyDictionary<string, Setting> Settings);
