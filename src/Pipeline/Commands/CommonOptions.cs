using System.CommandLine;
using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>The options that several commands share, one instance per command tree.</summary>
internal sealed class CommonOptions
{
    public const int MaximumJobs = 1024;

    public Option<string?> File { get; } = new("--file") { HelpName = "pipelines.yml", Description = "The pipelines to work with. Default: pipelines.yml here or in the nearest folder above." };

    public Option<string?> Artifacts { get; } = new("--artifacts") { HelpName = "DIR", Description = "Where outputs lie. Default: artifacts/ beside pipelines.yml." };

    public Option<bool> Json { get; } = new("--json") { Description = "One JSON document on standard output; text for people goes to standard error." };

    public Option<string[]> Set { get; } = new("--set")
    {
        HelpName = "stage.key=value",
        Description = "Use another value, in every named pipeline or in one (pipeline.stage.key=value); a list such as [0, 1, 2] in the train stage means several runs. May be repeated.",
        DefaultValueFactory = _ => [],
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = false,
    };

    public Option<int> Jobs { get; } = new("--jobs", "-j")
    {
        HelpName = "N",
        Description = $"Threads to use, 1 to {MaximumJobs}. Default: all of the machine. Results do not depend on it.",
        DefaultValueFactory = _ => Environment.ProcessorCount,
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var jobs) && jobs is >= 1 and <= MaximumJobs) return jobs;
            result.AddError($"--jobs must be a whole number from 1 to {MaximumJobs}, not \"{text}\".");
            return 0;
        },
    };

    public Option<string> Preset { get; } = new("--preset")
    {
        HelpName = "NAME",
        Description = $"Which of a pipeline's presets; a pipeline that has none of this name runs as it is written.",
        DefaultValueFactory = _ => PipelineFile.QuickPreset,
    };

    public Argument<string[]> Pipelines { get; } = new("pipeline")
    {
        Description = "Names from pipelines.yml; NAME.PRESET for one of a pipeline's presets, such as fig3.full.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [],
    };

    /// <summary>The pipelines.yml and artifacts folder that the command line means.</summary>
    /// <exception cref="GoldilocksException">There is no pipelines.yml.</exception>
    public Workspace Workspace(ParseResult parsed) =>
        Pipeline.Workspace.Locate(parsed.GetValue(File), parsed.GetValue(Artifacts), Environment.CurrentDirectory);
}
