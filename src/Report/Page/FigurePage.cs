namespace Goldilocks.Report;

/// <summary>The page of one figure of the paper.</summary>
internal sealed class FigurePage(ReportInput input, PaperFigure figure, TableLinks links)
{
    public string Write()
    {
        Figure[] charts = [.. figure.Panels.Select(panel => panel.Figure)];
        var repeat = new Repeat(input, figure.Runs, [figure.Id, .. charts.Select(chart => chart.Id)], figure.Files(links));
        return new PageShell(input.Title) { Charts = charts, Links = links.FromIndex }.Write($"{figure.Origin}, {figure.Runs.Identity}", figure.Lead, default, Html.Of(
            $"""
            <section aria-labelledby="what"><h2 id="what">{figure.Title}</h2>
            {figure.Introduction}</section>
            <section aria-labelledby="panels"><h2 id="panels">What one sees</h2>
            <p class="note">All panels in one picture: <a href="figures/{figure.Id}.svg">{figure.Id}.svg</a>, <a href="figures/{figure.Id}.png">{figure.Id}.png</a>.</p>
            <div class="panels">
            {figure.Panels.Select(panel => ChartPlace.Of(panel.Figure, $"{figure.Name} ({panel.Letter})", panel.IsWide))}</div></section>
            <section aria-labelledby="numbers"><h2 id="numbers">The numbers</h2>
            {figure.Evidence}</section>
            {repeat.Section(Example())}
            """));
    }

    private Html Example() => Html.Of($"<pre tabindex=\"0\"><code>duckdb -c \"SELECT * FROM '{links.Train("runs")}' LIMIT 10\"</code></pre>\n");
}
