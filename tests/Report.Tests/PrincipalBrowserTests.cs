using Microsoft.Playwright;

namespace Goldilocks.Report.Tests;

/// <summary>The pages of principal components opened from disk in a real browser.</summary>
public sealed class PrincipalBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [BrowserTheory]
    [InlineData("fig1", 15, "light", 1100)]
    [InlineData("fig1", 15, "dark", 390)]
    [InlineData("blog", 4, "dark", 1100)]
    [InlineData("blog", 4, "light", 390)]
    public async Task The_page_draws_its_panels_without_a_complaint(string id, int panels, string scheme, int width)
    {
        using var folder = new TemporaryFolder();
        PrincipalTables.Write(folder, PrincipalFigureTests.Runs(id));
        ReportStage.Run(PrincipalFigureTests.Input(folder, id), folder.Inner("report"), null, CancellationToken.None);
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, new Uri(folder.Inner("report", "index.html")).AbsoluteUri);

        var charts = await page.Locator("[data-chart]").AllAsync();
        Assert.Equal(panels, charts.Count);
        foreach (var chart in charts)
        {
            Assert.True(await chart.Locator("svg .mark-symbol path, svg .mark-line path, svg .mark-rect path").CountAsync() > 0);
            var box = (await chart.Locator("svg").First.BoundingBoxAsync())!;
            Assert.InRange(box.X + box.Width, 100, width);
        }

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await BrowserTests.Keep(page, $"{id}-{scheme}-{width}");
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(390)]
    public async Task The_slider_changes_the_checkpoint(int width)
    {
        using var folder = new TemporaryFolder();
        PrincipalTables.Write(folder, PrincipalFigureTests.Runs("blog"));
        ReportStage.Run(PrincipalFigureTests.Input(folder, "blog"), folder.Inner("report"), null, CancellationToken.None);
        await using var context = await BrowserTests.Context(fixture, "light", width);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, new Uri(folder.Inner("report", "index.html")).AbsoluteUri);

        var chart = page.Locator("[data-chart=animation]");
        await Assertions.Expect(chart).ToContainTextAsync("step 1000, train 100\u00a0%");
        Assert.InRange((await chart.Locator("input[type=range]").BoundingBoxAsync())!.Width, 100, width);
        await chart.Locator("input[type=range]").FillAsync("1");
        await Assertions.Expect(chart).ToContainTextAsync("step 10, train 10\u00a0%");
        Assert.Empty(complaints);
    }
}
