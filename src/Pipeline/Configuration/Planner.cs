using System.Text.RegularExpressions;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>Turns definitions into stages that are ready to run: every value is checked before any work starts.</summary>
internal sealed class Planner(IReadOnlyList<IStage> stages, string artifacts)
{
    /// <summary>
    /// The pipelines called <paramref name="names"/> with <paramref name="overrides"/> applied (the last one wins), their stages in the order they run.
    /// </summary>
    /// <exception cref="GoldilocksException">Unknown names, bad values, a stage without its input.</exception>
    public IReadOnlyList<PlannedPipeline> Plan(PipelineFile file, IReadOnlyList<string> names, IReadOnlyList<Override> overrides)
    {
        var selected = names.Distinct(StringComparer.Ordinal).Select(file.Find).ToArray();
        foreach (var change in overrides)
        {
            if (change.Pipeline is not null && file.Find(change.Pipeline).Name is var target && !selected.Any(one => one.Name == target || one.BaseName == target))
            {
                throw new GoldilocksException($"{change.Where}: pipeline \"{change.Pipeline}\" is not among those named ({string.Join(", ", selected.Select(one => one.Name))}).");
            }

            if (!selected.Any(pipeline => Concerns(change, pipeline)))
            {
                throw new GoldilocksException($"{change.Where}: no stage \"{change.Stage}\" in {string.Join(", ", selected.Select(one => one.Name))}.");
            }
        }

        return [.. selected.Select(pipeline => Plan(pipeline, overrides))];
    }

    private PlannedPipeline Plan(PipelineDefinition pipeline, IReadOnlyList<Override> overrides)
    {
        var planned = new List<PlannedStage>();
        var command = string.Join(' ', overrides.Where(change => Concerns(change, pipeline)).Select(change => change.Option).Prepend($"./goldilocks run {pipeline.Name}"));
        foreach (var stage in stages.Where(stage => pipeline.Stages.ContainsKey(stage.Name)))
        {
            var definition = pipeline.Stages[stage.Name];
            var inputs = stage.Inputs.Concat(stage.OptionalInputs.Where(pipeline.Stages.ContainsKey)).ToArray();
            if (inputs.FirstOrDefault(input => !pipeline.Stages.ContainsKey(input)) is { } missing)
            {
                throw new LocatedException(definition.Where, $"stage {stage.Name} reads {missing}, which pipeline {pipeline.Name} does not have. Add \"{missing}: {{}}\".");
            }

            var settings = new Dictionary<string, Setting>(definition.Settings, StringComparer.Ordinal);
            foreach (var change in overrides.Where(change => change.Stage == stage.Name && Concerns(change, pipeline)))
            {
                settings[change.Key] = change.Setting;
            }

            var folder = Path.Combine(artifacts, pipeline.Name, stage.Name);
            try
            {
                planned.Add(new PlannedStage(stage, inputs, pipeline.Name, stage.Resolve(settings), folder, command));
            }
            catch (GoldilocksException e) when (e is not LocatedException)
            {
                throw new LocatedException($"{Locate(e.Message, definition, settings)}: {pipeline.Name}.{stage.Name}", e.Message, e);
            }
        }

        return new PlannedPipeline(pipeline.Name, pipeline.Description, planned);
    }

    private static bool Concerns(Override change, PipelineDefinition pipeline) =>
        (change.Pipeline is null || change.Pipeline == pipeline.Name || change.Pipeline == pipeline.BaseName) && pipeline.Stages.ContainsKey(change.Stage);

    /// <summary>Where the first setting stands that the message names; the stage itself when it names none.</summary>
    private static string Locate(string message, StageDefinition stage, Dictionary<string, Setting> settings) =>
        Regex.Matches(message, "[A-Za-z0-9_]+").Select(word => settings.GetValueOrDefault(word.Value)).FirstOrDefault(setting => setting is not null)?.Where
        ?? stage.Where;
}
