namespace Goldilocks.Report.Tests;

/// <summary>The pages of transformers and digits opened from disk in a real browser.</summary>
public sealed class LargeBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [BrowserTheory]
    [InlineData("fig7a", 1, "light", 1100)]
    [InlineData("fig7a", 1, "dark", 390)]
    [InlineData("fig7b", 1, "dark", 1100)]
    [InlineData("fig7b", 1, "light", 390)]
    [InlineData("fig8", 7, "light", 1100)]
    [InlineData("fig8", 7, "dark", 390)]
    [InlineData("fig20", 2, "dark", 1100)]
    [InlineData("fig20", 2, "light", 390)]
    [InlineData("transformer", 3, "light", 390)]
    [InlineData("mnist", 2, "dark", 1100)]
    public async Task The_page_draws_its_charts_without_a_complaint(string what, int number, string scheme, int width)
    {
        using var folder = new TemporaryFolder();
        var isFigure = what.StartsWith("fig", StringComparison.Ordinal);
        LargeTables.Write(folder.Inner("train"), isFigure ? LargeTables.Runs(what) : [new LargeRun(what)]);
        ReportStage.Run(LargeTables.Input(folder, isFigure ? what : null), folder.Inner("report"), null, CancellationToken.None);
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, new Uri(folder.Inner("report", "index.html")).AbsoluteUri);

        var charts = await page.Locator("[data-chart]").AllAsync();
        Assert.Equal(number, charts.Count);
        foreach (var chart in charts)
        {
            Assert.True(await chart.Locator("svg .mark-rect path").CountAsync() > 0 || await chart.Locator("svg .mark-line path").CountAsync() > 0);
            var box = (await chart.Locator("svg").First.BoundingBoxAsync())!;
            Assert.InRange(box.X + box.Width, 100, width);
        }

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await BrowserTests.Keep(page, $"{what}-{scheme}-{width}");
        Assert.Empty(complaints);
    }
}
