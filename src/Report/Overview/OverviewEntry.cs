namespace Goldilocks.Report;

/// <summary>A pipeline in the overview.</summary>
/// <param name="Name">Its name in pipelines.yml.</param>
/// <param name="Reproduces">What of the paper it makes again, "Figure 3"; null: something else.</param>
/// <param name="Description">What it shows, one line.</param>
/// <param name="ReportFolder">Folder with its pages and pictures.</param>
/// <param name="Picture">Its main picture's name without ending, "fig3"; null: the first of its pictures by name.</param>
/// <param name="Made">When and how its runs were trained; null: its report has not been drawn.</param>
public sealed record OverviewEntry(string Name, string? Reproduces, string Description, string ReportFolder, string? Picture, OverviewWork? Made)
{
    /// <summary>Folder of the analyze stage, whose <c>rivals.parquet</c> is compared with those of other pipelines; null: there is none.</summary>
    public string? AnalyzeFolder { get; init; }
}
