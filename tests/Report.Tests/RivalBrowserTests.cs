namespace Goldilocks.Report.Tests;

/// <summary>The page of the rival accounts opened from disk in a real browser.</summary>
public sealed class RivalBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [BrowserTheory]
    [InlineData("light", 1100)]
    [InlineData("dark", 390)]
    public async Task The_page_draws_its_charts_and_tells_each_measure(string scheme, int width)
    {
        using var folder = new TemporaryFolder();
        RivalTables.Write(folder, RivalTables.Runs);
        ReportStage.Run(RivalFigureTests.Input(folder), folder.Inner("report"), null, CancellationToken.None);
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, new Uri(folder.Inner("report", "index.html")).AbsoluteUri);

        var charts = await page.Locator("[data-chart]").AllAsync();
        Assert.Equal(6, charts.Count);
        foreach (var chart in charts)
        {
            Assert.True(await chart.Locator("svg .mark-symbol path, svg .mark-line path").CountAsync() > 0);
            var box = (await chart.Locator("svg").First.BoundingBoxAsync())!;
            Assert.InRange(box.X + box.Width, 100, width);
        }

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var dot = page.Locator("[data-chart=lead] svg .mark-symbol path[aria-roledescription=point]").First;
        await dot.ScrollIntoViewIfNeededAsync();
        await dot.HoverAsync();
        var tooltip = page.Locator("#vg-tooltip-element.visible");
        await tooltip.WaitForAsync();
        var words = (await tooltip.TextContentAsync())!;
        foreach (var word in (string[])["measure", "account", "factor", "runs"]) Assert.Contains(word, words, StringComparison.Ordinal);
        await BrowserTests.Keep(page, $"rivals-{scheme}-{width}");
        Assert.Empty(complaints);
    }
}
