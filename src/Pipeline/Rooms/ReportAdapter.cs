using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Report;

namespace Goldilocks.Pipeline;

/// <summary>The report stage: the tables as one page and its pictures.</summary>
internal sealed class ReportAdapter : IStage
{
    public string Name => "report";

    public int FormatVersion => 4;

    public IReadOnlyList<string> Inputs => ["train"];

    public IReadOnlyList<string> OptionalInputs => ["export", "analyze", "theory"];

    public JsonObject Resolve(IReadOnlyDictionary<string, Setting> settings)
    {
        if (settings.TryGetValue("figure", out var figure) && !ReportStage.Figures.Contains(figure.Single("figure")))
            throw figure.Error($"figure: there is no page for \"{figure.Text}\". {Suggest.Hint(figure.Text, ReportStage.Figures)}");
        return new SettingsReader(settings).Text("title", "A network learns to add").Text("figure", "").Resolve();
    }

    public StageSummary Run(StageContext context)
    {
        var input = new ReportInput
        {
            TrainFolder = context.InputFolders["train"],
            AnalyzeFolder = context.InputFolders.GetValueOrDefault("analyze"),
            TheoryFolder = context.InputFolders.GetValueOrDefault("theory"),
            ExportFolder = context.InputFolders.GetValueOrDefault("export"),
            Figure = (string)context.Configuration["figure"]! is { Length: > 0 } figure ? figure : null,
            Title = (string)context.Configuration["title"]!,
            Command = context.Command,
            Overview = Pipeline.Overview.FromReport,
            Environment = ReportEnvironment.Current(),
        };
        var summary = ReportStage.Run(input, context.OutputFolder, new Progress(context.Progress), context.Cancellation);
        return new StageSummary($"1 page, {summary.Figures.Count} pictures", summary.Page);
    }

    /// <summary>Reports on the calling thread, in order.</summary>
    private sealed class Progress(IProgress<StageProgress> target) : IProgress<(double Fraction, string Message)>
    {
        public void Report((double Fraction, string Message) value) => target.Report(new StageProgress(value.Fraction, value.Message));
    }
}
