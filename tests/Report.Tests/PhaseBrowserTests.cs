namespace Goldilocks.Report.Tests;

/// <summary>The page of phase maps opened from disk in a real browser.</summary>
public sealed class PhaseBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [BrowserTheory]
    [InlineData(1, "light", 1100)]
    [InlineData(1, "dark", 390)]
    [InlineData(5, "dark", 1100)]
    [InlineData(5, "light", 390)]
    public async Task The_page_draws_its_maps_and_tells_each_cell(int seeds, string scheme, int width)
    {
        using var folder = new TemporaryFolder();
        SweepTables.Write(folder.Inner("train"), SweepRun.Map(seeds).Where((_, i) => i % 50 != 3));
        ReportStage.Run(SweepTables.Input(folder), folder.Inner("report"), null, CancellationToken.None);
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, new Uri(folder.Inner("report", "index.html")).AbsoluteUri);

        var charts = await page.Locator("[data-chart]").AllAsync();
        Assert.Equal(seeds == 1 ? 5 : 12, charts.Count);
        foreach (var chart in charts)
        {
            Assert.True(await chart.Locator("svg .mark-rect path").CountAsync() > 1);
            var box = (await chart.Locator("svg").First.BoundingBoxAsync())!;
            Assert.InRange(box.X + box.Width, 100, width);
        }

        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var cell = page.Locator("[data-chart=phase-map] svg .mark-rect path").Nth(80);
        await cell.ScrollIntoViewIfNeededAsync();
        await cell.HoverAsync();
        var tooltip = page.Locator("#vg-tooltip-element.visible");
        await tooltip.WaitForAsync();
        var words = (await tooltip.TextContentAsync())!;
        foreach (var word in (string[])["decoder_lr", "decoder_weight_decay", "phase", "validation step", "run"]) Assert.Contains(word, words, StringComparison.Ordinal);
        await BrowserTests.Keep(page, $"phases-{seeds}-{scheme}-{width}");
        Assert.Empty(complaints);
    }
}
