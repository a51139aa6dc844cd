using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>Draws the tables of other stages into one page that opens from disk, with its figures beside it as SVG and PNG.</summary>
public static class ReportStage
{
    /// <summary>Conventions, seeds and the command for each picture.</summary>
    internal const string Captions = "figures/captions.md";

    /// <summary>Names that <see cref="ReportInput.Figure"/> may have.</summary>
    public static IReadOnlyList<string> Figures => PaperFigures.Names;

    /// <summary>
    /// Writes <c>index.html</c>, <c>figures/*.svg, *.png</c> and the pages of the runs, <c>runs/*.html</c>. The first is the page of a figure of the paper
    /// where the input names one, otherwise the page of the first run (by seed), which lists the others. Where runs differ in their settings,
    /// <c>sweep.html</c> lets a reader move through them. Equal input gives equal bytes.
    /// </summary>
    /// <param name="input">Tables, title, command and environment.</param>
    /// <param name="outputFolder">Made when missing; files of the same names are replaced.</param>
    /// <param name="progress">Told the fraction done and what comes next.</param>
    /// <param name="cancellation">Looked at between figures; the page is written last.</param>
    /// <exception cref="GoldilocksException">The figure is unknown, a table is missing or of another schema, Node.js or its packages are missing, or the folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReportSummary Run(
        ReportInput input, string outputFolder, IProgress<(double Fraction, string Message)>? progress, CancellationToken cancellation)
    {
        progress?.Report((0, "reading tables"));
        var all = ReportData.ReadRuns(input.TrainFolder, cancellation);
        var sweep = Sweep.Of(all);
        var links = new TableLinks(outputFolder, input) { HasSweep = sweep is not null, FirstRun = RunPages.Of(input, all) is [var first, ..] ? first : null };
        if (input.Figure is not null)
        {
            var figure = PaperFigures.Read(input, cancellation);
            RenderJob[] jobs = [new(figure.Id, Composite.Of(figure, Theme.Print)), .. figure.Panels.Select(panel => Job(panel.Figure))];
            return Write(jobs, () => new FigurePage(input, figure, links).Write(), figure.Runs.Runs.Count, figure.Lead);
        }

        var data = ReportData.Read(input.TrainFolder, input.AnalyzeFolder, cancellation);
        var figures = FigureSet.Create(data, input.Command);
        return Write([.. figures.Select(Job)], () => new ReportPage(input, data, figures, links).Write(), data.Runs.Count, PhaseSummary.Of(data.First));

        ReportSummary Write(IReadOnlyList<RenderJob> jobs, Func<string> page, int runs, string text)
        {
            progress?.Report((0.2, $"drawing {Numbers.Counted(jobs.Count, "figure")}"));
            var files = Draw(jobs, outputFolder, cancellation);
            PageAssets.Write(outputFolder);
            if (sweep is not null) AtomicFile.WriteAllText(Path.Combine(outputFolder, SweepPage.Name), new SweepPage(input, sweep, SweepCurves.Read(input.TrainFolder, cancellation), links).Write());
            const string name = "index.html";
            RunPages.Write(
                input, outputFolder, all, [.. links.Pages, (name, input.Title)], (done, most) => progress?.Report((0.6 + (0.35 * done / most), $"writing the page of run {done + 1} of {most}")), cancellation);
            progress?.Report((0.95, "writing the page"));
            AtomicFile.WriteAllText(Path.Combine(outputFolder, name), page());
            progress?.Report((1, "done"));
            return new ReportSummary(name, files, runs, text);
        }
    }

    private static RenderJob Job(Figure figure) => new(figure.Id, figure.Static(Theme.Print));

    /// <summary>Draws charts and writes them, and their captions for whoever puts them into a paper; returns the pictures' names.</summary>
    private static List<string> Draw(IReadOnlyList<RenderJob> jobs, string outputFolder, CancellationToken cancellation)
    {
        var files = new List<string>();
        foreach (var picture in new NodeRenderer().Render(jobs, cancellation))
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add($"figures/{picture.Id}.svg");
            AtomicFile.WriteAllText(Path.Combine(outputFolder, files[^1]), picture.Svg);
            files.Add($"figures/{picture.Id}.png");
            AtomicFile.WriteAllBytes(Path.Combine(outputFolder, files[^1]), picture.Png);
        }

        AtomicFile.WriteAllText(Path.Combine(outputFolder, Captions), string.Join('\n', jobs.Select(job => $"## {job.Id}\n\n{job.Spec["description"]}\n")));
        return files;
    }
}
