namespace Goldilocks.Report;

/// <summary>What was written.</summary>
/// <param name="Page">The page, relative to the output folder: <c>index.html</c>.</param>
/// <param name="Figures">The figures' files, relative to the output folder, with '/'.</param>
/// <param name="Runs">Runs in the tables.</param>
/// <param name="Text">What the first run showed, two sentences.</param>
public sealed record ReportSummary(string Page, IReadOnlyList<string> Figures, int Runs, string Text);
