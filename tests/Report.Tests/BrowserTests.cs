using Microsoft.Playwright;

namespace Goldilocks.Report.Tests;

/// <summary>The page opened from disk in a real browser.</summary>
public sealed class BrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    /// <summary>Folder in which screenshots are kept for a person to look at; none are taken when it is not set.</summary>
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("GOLDILOCKS_SCREENSHOTS");

    [BrowserTheory]
    [InlineData("light", 1100)]
    [InlineData("dark", 1100)]
    [InlineData("dark", 390)]
    [InlineData("light", 390)]
    public async Task The_page_draws_its_charts_without_a_complaint(string scheme, int width)
    {
        await using var context = await Context(fixture, scheme, width);
        var page = await context.NewPageAsync();
        var complaints = Listen(page);
        await Open(page, fixture.Address);

        Assert.Equal(scheme, await page.EvaluateAsync<string>("document.documentElement.dataset.drawn"));
        var charts = await page.Locator("[data-chart]").AllAsync();
        Assert.Equal(5, charts.Count);
        foreach (var chart in charts)
        {
            Assert.True(await chart.Locator("svg .mark-line path").CountAsync() > 0);
            Assert.True((await chart.Locator("svg").BoundingBoxAsync())!.Width <= width);
        }

        Assert.Equal(BrowserFixture.Title, await page.Locator("h1").TextContentAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Keep(page, $"page-{scheme}-{width}");
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("accuracy", "validation (%)")]
    [InlineData("embedding", "normalised value")]
    public async Task Pointing_at_a_chart_tells_the_values(string chart, string words)
    {
        await using var context = await Context(fixture, "light", 1100);
        var page = await context.NewPageAsync();
        var complaints = Listen(page);
        await Open(page, fixture.Address);
        var picture = page.Locator($"[data-chart={chart}] svg");
        await picture.ScrollIntoViewIfNeededAsync();
        var box = (await picture.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.5f), box.Y + (box.Height * 0.5f));
        await page.Mouse.MoveAsync(box.X + (box.Width * 0.52f), box.Y + (box.Height * 0.5f));
        var tooltip = page.Locator("#vg-tooltip-element.visible");
        await tooltip.WaitForAsync();
        Assert.Contains(words, await tooltip.TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal("fixed", await tooltip.EvaluateAsync<string>("element => getComputedStyle(element).position"));
        await Keep(page, $"tooltip-{chart}", whole: false);
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(900)]
    public async Task Without_scripts_the_pictures_stand_in(int width)
    {
        await using var context = await fixture.Browser.NewContextAsync(new() { JavaScriptEnabled = false, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        var complaints = Listen(page);
        await page.GotoAsync(fixture.Address);
        foreach (var picture in await page.Locator("[data-chart] img").AllAsync()) Assert.True((await picture.BoundingBoxAsync())!.Height > 100);
        await Keep(page, "page-without-scripts");
        Assert.Empty(complaints);
    }

    internal static Task<IBrowserContext> Context(BrowserFixture fixture, string scheme, int width) => fixture.Browser.NewContextAsync(new()
    {
        ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = new() { Width = width, Height = 900 },
    });

    /// <summary>Everything that a page should not have: messages on the console, exceptions, failed requests, requests to anywhere but the disk.</summary>
    internal static List<string> Listen(IPage page)
    {
        var complaints = new List<string>();
        page.Console += (_, message) => complaints.Add($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => complaints.Add($"exception: {error}");
        page.RequestFailed += (_, request) => complaints.Add($"failed: {request.Url}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("file:", StringComparison.Ordinal)) complaints.Add($"request: {request.Url}");
        };
        return complaints;
    }

    internal static async Task Open(IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.WaitForFunctionAsync("document.documentElement.dataset.drawn");
    }

    internal static async Task Keep(IPage page, string name, bool whole = true)
    {
        if (Screenshots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = whole });
    }
}
