namespace Goldilocks.Report;

/// <summary>A figure of the paper in the overview.</summary>
/// <param name="Name">"Figure 3".</param>
/// <param name="Description">What it shows, one line.</param>
/// <param name="ReportFolder">Folder with its page and pictures.</param>
/// <param name="Picture">Its picture's name without ending, "fig3".</param>
public sealed record ReproducedFigure(string Name, string Description, string ReportFolder, string Picture);
