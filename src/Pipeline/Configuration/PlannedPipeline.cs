namespace Goldilocks.Pipeline;

/// <summary>A pipeline with resolved configuration; stages come after their inputs.</summary>
internal sealed record PlannedPipeline(string Name, string Description, IReadOnlyList<PlannedStage> Stages);
