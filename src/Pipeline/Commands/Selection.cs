using System.CommandLine;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>What a command line selects: the workspace, its file, and the planned pipelines.</summary>
internal sealed record Selection(Workspace Workspace, PipelineFile File, IReadOnlyList<IStage> Stages, IReadOnlyList<PlannedPipeline> Pipelines)
{
    private const string DefaultPipeline = "quickstart";

    /// <summary>Plans the named pipelines; when none is named, all of them (presets that have run among them) or the default one.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="options">The options that it may hold.</param>
    /// <param name="stages">All stages.</param>
    /// <param name="allByDefault">What to plan when none is named.</param>
    /// <param name="preset">Which of the pipelines' presets, where they have it; null: as they are named.</param>
    /// <exception cref="GoldilocksException">Anything wrong with the file, the names or the values.</exception>
    public static Selection From(ParseResult parsed, CommonOptions options, IReadOnlyList<IStage> stages, bool allByDefault, string? preset = null)
    {
        var names = stages.Select(stage => stage.Name).ToArray();
        var workspace = options.Workspace(parsed);
        var file = PipelineFile.Read(workspace.File, names);
        var overrides = (parsed.GetValue(options.Set) ?? []).Select(text => Override.Parse(text, names)).ToArray();
        var selected = parsed.GetValue(options.Pipelines) is { Length: > 0 } named ? named
            : allByDefault ? [.. file.All.Where(pipeline => pipeline.Preset is null || Directory.Exists(Path.Combine(workspace.Artifacts, pipeline.Name))).Select(pipeline => pipeline.Name)]
            : [Default(file)];
        if (preset is not null) selected = [.. selected.Select(name => file.WithPreset(name, preset).Name)];
        return new Selection(workspace, file, stages, new Planner(stages, workspace.Artifacts).Plan(file, selected, overrides));
    }

    private static string Default(PipelineFile file) =>
        file.Pipelines.Any(pipeline => pipeline.Name == DefaultPipeline) ? DefaultPipeline
        : throw new GoldilocksException($"{file.Name} has no pipeline \"{DefaultPipeline}\"; name one. Known: {string.Join(", ", file.Pipelines.Select(pipeline => pipeline.Name))}.");
}
