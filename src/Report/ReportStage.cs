using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>Draws the tables of a training and an analysis into one page that opens from disk, with its figures beside it as SVG and PNG.</summary>
public static class ReportStage
{
    /// <summary>
    /// Writes <c>index.html</c> and <c>figures/*.svg, *.png</c>. The page shows the first run (by seed) in detail and lists the others.
    /// Equal input gives equal bytes.
    /// </summary>
    /// <param name="input">Tables, title, command and environment.</param>
    /// <param name="outputFolder">Made when missing; files of the same names are replaced.</param>
    /// <param name="progress">Told the fraction done and what comes next.</param>
    /// <param name="cancellation">Looked at between figures; the page is written last.</param>
    /// <exception cref="GoldilocksException">A table is missing or of another schema, Node.js or its packages are missing, or the folder cannot be written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static ReportSummary Run(
        ReportInput input, string outputFolder, IProgress<(double Fraction, string Message)>? progress, CancellationToken cancellation)
    {
        progress?.Report((0, "reading tables"));
        var data = ReportData.Read(input.TrainFolder, input.AnalyzeFolder, cancellation);
        var figures = FigureSet.Create(data, input.Command);

        progress?.Report((0.2, $"drawing {figures.Count} figures"));
        var drawn = new NodeRenderer().Render([.. figures.Select(figure => new RenderJob(figure.Id, figure.Static(Theme.Print)))], cancellation);
        var files = new List<string>();
        foreach (var picture in drawn)
        {
            cancellation.ThrowIfCancellationRequested();
            files.Add($"figures/{picture.Id}.svg");
            AtomicFile.WriteAllText(Path.Combine(outputFolder, files[^1]), picture.Svg);
            files.Add($"figures/{picture.Id}.png");
            AtomicFile.WriteAllBytes(Path.Combine(outputFolder, files[^1]), picture.Png);
        }

        progress?.Report((0.8, "writing the page"));
        const string page = "index.html";
        var links = new TableLinks(outputFolder, input);
        AtomicFile.WriteAllText(Path.Combine(outputFolder, page), new ReportPage(input, data, figures, links).Write());
        progress?.Report((1, "done"));
        return new ReportSummary(page, files, data.Runs.Count, PhaseSummary.Of(data.First));
    }
}
