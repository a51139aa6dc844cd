using System.CommandLine;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary><c>goldilocks reproduce</c>: every figure of the paper, then the ledger.</summary>
internal static class ReproduceCommand
{
    public const string Examples = """
          goldilocks reproduce                 every figure, small, and the verdicts
          goldilocks reproduce fig3 fig4       these two, and the verdicts on what has been run
          goldilocks reproduce --preset full   as large as the paper's or larger
        """;

    public static Command Create(CommonOptions options, IReadOnlyList<IStage> stages)
    {
        var command = new Command("reproduce", "Run every pipeline that reproduces a figure of the paper, then put the claims to the results. Exit code 3 when one that is recorded as holding does not.")
        {
            options.Pipelines, options.Preset, options.Jobs, options.Artifacts, options.File, options.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var workspace = options.Workspace(parsed);
            var file = PipelineFile.Read(workspace.File, [.. stages.Select(stage => stage.Name)]);
            var claims = ClaimsCommand.Read(workspace, file);
            var preset = parsed.GetRequiredValue(options.Preset);
            var planner = new Planner(stages, workspace.Artifacts);
            var figures = Figures(file, parsed.GetValue(options.Pipelines) ?? [], preset);

            var (writers, json) = (parsed.InvocationConfiguration, parsed.GetValue(options.Json));
            var text = json ? writers.Error : writers.Output;
            var outcomes = new PipelineRunner(Displays.Choose(text, writers.Error), new RunOptions(parsed.GetValue(options.Jobs), KeepGoing: true)).Run(planner.Plan(file, [.. figures.Select(figure => figure.Name)], []), cancellation);
            if (outcomes.Any(outcome => outcome.Result == StageResult.Interrupted)) cancellation.ThrowIfCancellationRequested();

            var verdicts = ClaimsCommand.Judge(claims, file, planner, preset, cancellation);
            text.WriteLine();
            VerdictText.Write(text, verdicts);
            var page = Overview.Write(workspace, file, planner, preset, verdicts);
            text.WriteLine($"see {Short.Path(page)}");
            if (json) StateJson.Write(writers.Output, VerdictText.Json(verdicts));
            var broken = ClaimsCommand.Conclude(verdicts, writers.Error);
            return Task.FromResult(outcomes.FirstOrDefault(outcome => outcome.Result == StageResult.Failed)?.ExitCode ?? broken);
        });
        return command;
    }

    /// <summary>The named pipelines, or all that reproduce a figure.</summary>
    private static PipelineDefinition[] Figures(PipelineFile file, string[] named, string preset)
    {
        string[] known = [.. file.Pipelines.Where(pipeline => pipeline.Reproduces is not null).Select(pipeline => pipeline.Name)];
        if (known.Length == 0) throw new GoldilocksException($"{file.Name} has no pipeline that reproduces a figure (key \"reproduces\").");
        if (named.FirstOrDefault(name => !known.Contains(name)) is { } unknown) throw new GoldilocksException($"pipeline \"{unknown}\" reproduces no figure. {Suggest.Hint(unknown, known)}");
        return [.. known.Where(name => named.Length == 0 || named.Contains(name)).Select(name => file.WithPreset(name, preset))];
    }
}
