namespace Goldilocks.Report.Tests;

/// <summary>The pages of the paper's figures opened from disk in a real browser.</summary>
public sealed class PaperBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [BrowserTheory]
    [InlineData("fig2", 4, "light", 1100)]
    [InlineData("fig2", 4, "dark", 390)]
    [InlineData("fig3", 3, "light", 390)]
    [InlineData("fig4", 5, "dark", 1100)]
    [InlineData("fig4", 5, "light", 390)]
    [InlineData("fig5", 4, "light", 1100)]
    [InlineData("fig5", 4, "dark", 390)]
    public async Task The_page_draws_its_panels_without_a_complaint(string id, int panels, string scheme, int width)
    {
        using var folder = new TemporaryFolder();
        PaperTables.Write(folder, PaperFigureTests.Runs(id));
        ReportStage.Run(PaperFigureTests.Input(folder, id), folder.Inner("report"), null, CancellationToken.None);
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, new Uri(folder.Inner("report", "index.html")).AbsoluteUri);

        var charts = await page.Locator("[data-chart]").AllAsync();
        Assert.Equal(panels, charts.Count);
        foreach (var chart in charts)
        {
            Assert.True(await chart.Locator("svg .mark-symbol path").CountAsync() > 0 || await chart.Locator("svg .mark-line path").CountAsync() > 0);
            var box = (await chart.Locator("svg").First.BoundingBoxAsync())!;
            Assert.InRange(box.X + box.Width, 100, width);
            if (id == "fig2") Assert.InRange(box.Height / box.Width, 0.8, 1.2);
        }

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await BrowserTests.Keep(page, $"{id}-{scheme}-{width}");
        Assert.Empty(complaints);
    }
}
