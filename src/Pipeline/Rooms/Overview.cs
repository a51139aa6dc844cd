using System.Globalization;
using Goldilocks.Core;
using Goldilocks.Native;
using Goldilocks.Report;

namespace Goldilocks.Pipeline;

/// <summary>Gathers what the overview of all reports shows, and writes it into the artifacts folder.</summary>
internal static class Overview
{
    /// <summary>What makes the overview again.</summary>
    private const string Command = "./goldilocks reproduce";

    /// <summary>Address of the overview as seen from a report's folder.</summary>
    public const string FromReport = "../../index.html";

    /// <summary>The overview with the ledger's verdicts; pipelines of one's own need no ledger.</summary>
    /// <inheritdoc cref="Write(Workspace, PipelineFile, Planner, string, IReadOnlyList{Verdict})"/>
    public static string Write(Workspace workspace, PipelineFile file, Planner planner, string preset, CancellationToken cancellation) => Write(
        workspace, file, planner, preset, ClaimsCommand.HasLedger(workspace) ? ClaimsCommand.Judge(ClaimsCommand.Read(workspace, file), file, planner, preset, cancellation) : []);

    /// <param name="workspace">Whose artifacts.</param>
    /// <param name="file">The pipelines.</param>
    /// <param name="planner">Plans them, to see whether results are of the present configuration.</param>
    /// <param name="preset">Of the figures of the paper, this one is shown where it has been drawn.</param>
    /// <param name="verdicts">On the claims.</param>
    /// <returns>The page's path.</returns>
    /// <exception cref="GoldilocksException">The folder cannot be written.</exception>
    public static string Write(Workspace workspace, PipelineFile file, Planner planner, string preset, IReadOnlyList<Verdict> verdicts)
    {
        using var engine = new QueryEngine(threads: 1);
        var all = file.All.ToDictionary(pipeline => pipeline.Name, pipeline => Entry(engine, workspace, file, planner, pipeline), StringComparer.Ordinal);
        var figures = file.Pipelines.Where(pipeline => pipeline.Reproduces is not null).Select(pipeline => Shown(pipeline) with { Reproduces = pipeline.Reproduces }).ToArray();
        var others = all.Values.Where(entry => entry.Made is not null && !figures.Any(figure => figure.Name == entry.Name));
        return OverviewPage.Write(
            new OverviewInput
            {
                Entries = [.. figures, .. others],
                Claims = [.. verdicts.Select(Judged)],
                Command = preset == PipelineFile.QuickPreset ? Command : $"{Command} --preset {preset}",
                Environment = ReportEnvironment.Current(),
            }, workspace.Artifacts);

        // A figure in the preset that was asked for; where that has not been drawn, in another.
        OverviewEntry Shown(PipelineDefinition figure)
        {
            string[] names = [file.WithPreset(figure.Name, preset).Name, figure.Name, .. figure.Presets.Select(one => one.Name)];
            return all[names.FirstOrDefault(name => all[name].Made is not null) ?? names[0]];
        }
    }

    private static JudgedClaim Judged(Verdict verdict) => new(
        verdict.Claim.Id, verdict.Claim.Text, verdict.Claim.Source, verdict.Holds, verdict.Claim.RecordedAsHolding, VerdictText.Values(verdict),
        VerdictText.OneLine(verdict.Claim.Condition), VerdictText.OneLine(verdict.Claim.Tolerance));

    private static OverviewEntry Entry(QueryEngine engine, Workspace workspace, PipelineFile file, Planner planner, PipelineDefinition pipeline)
    {
        var folder = Path.Combine(workspace.Artifacts, pipeline.Name);
        var settings = pipeline.Stages.GetValueOrDefault("report")?.Settings;
        var picture = settings is null ? null : settings.GetValueOrDefault("figure")?.Text ?? "accuracy";
        return new OverviewEntry(pipeline.Name, null, pipeline.Description, Path.Combine(folder, "report"), picture, Work(engine, folder, file, planner, pipeline)) { AnalyzeFolder = Path.Combine(folder, "analyze") };
    }

    /// <summary>What the manifests say; null without a finished report.</summary>
    private static OverviewWork? Work(QueryEngine engine, string folder, PipelineFile file, Planner planner, PipelineDefinition pipeline)
    {
        Manifest? Read(string stage) => new StageFolder(Path.Combine(folder, stage)).ReadManifest(out _);
        if (Read("report") is not { } report || Read("train") is not { } train) return null;
        var seconds = pipeline.Stages.Keys.Select(Read).OfType<Manifest>().Sum(manifest => manifest.Duration.TotalSeconds);
        var isCurrent = StageInspector.Inspect(planner.Plan(file, [pipeline.Name], [])[0], force: false).All(one => one.State.UpToDate);
        return new OverviewWork(
            report.Started + report.Duration, TimeSpan.FromSeconds(seconds), Runs(engine, Path.Combine(folder, "train", "runs.parquet")), train.Summary.Text, train.Machine.Processor, train.Machine.CodeVersion, isCurrent);
    }

    private static long Runs(QueryEngine engine, string table) =>
        File.Exists(table) ? Convert.ToInt64(engine.Query($"SELECT count(*) FROM {SqlText.Literal(table)}").Rows[0][0], CultureInfo.InvariantCulture) : 0;
}
