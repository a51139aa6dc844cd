namespace Goldilocks.Report;

/// <summary>Where a chart stands in a page: its picture until the script draws it, and its caption.</summary>
internal static class ChartPlace
{
    /// <param name="figure">The chart.</param>
    /// <param name="name">How the page calls it: "Figure 1".</param>
    /// <param name="isWide">Whether it takes the full width where charts stand side by side.</param>
    public static Html Of(Figure figure, string name, bool isWide = true) => Html.Of(
        $"""
        <figure id="figure-{figure.Id}"{(isWide ? default : new Html(" class=\"half\""))}>
        <div class="chart" data-chart="{figure.Id}" role="img" aria-label="{figure.Alt}"><img src="figures/{figure.Id}.svg" alt="{figure.Alt}"></div>
        <figcaption><strong>{name}. {figure.Title}.</strong> {figure.Caption} <span class="files"><a href="figures/{figure.Id}.svg">SVG</a> <a href="figures/{figure.Id}.png">PNG</a></span>
        <details><summary>Conventions, settings and command</summary><p>{figure.Provenance}</p></details></figcaption>
        </figure>

        """);
}
