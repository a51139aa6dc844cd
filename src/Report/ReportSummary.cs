namespace Goldilocks.Report;

/// <summary>What was written.</summary>
/// <param name="Page">The page, relative to the output folder: <c>index.html</c>.</param>
/// <param name="Figures">The figures' files, relative to the output folder, with '/'.</param>
/// <param name="Runs">Runs that the page is made of.</param>
/// <param name="Text">What the first run, or the figure, showed: a sentence or two.</param>
public sealed record ReportSummary(string Page, IReadOnlyList<string> Figures, int Runs, string Text);
