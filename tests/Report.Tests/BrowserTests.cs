using Microsoft.Playwright;

namespace Goldilocks.Report.Tests;

/// <summary>The page opened from disk in a real browser.</summary>
public sealed class BrowserTests : IAsyncLifetime, IDisposable
{
    /// <summary>Folder in which screenshots are kept for a person to look at; none are taken when it is not set.</summary>
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("GOLDILOCKS_SCREENSHOTS");

    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null) return;
        SampleTables.Write(_folder.Inner("train"), _folder.Inner("analyze"), SampleRun.Published, new SampleRun { Seed = 99, ValidationStep = null, Phase = "memorization" });
        ReportStage.Run(Reports.Input(_folder) with { Title = "A network <groks> \"addition\" & more" }, _folder.Inner("report"), null, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Chromium.Path,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    [BrowserTheory]
    [InlineData("light", 1100)]
    [InlineData("dark", 1100)]
    [InlineData("dark", 390)]
    [InlineData("light", 390)]
    public async Task The_page_draws_its_charts_without_a_complaint(string scheme, int width)
    {
        await using var context = await Context(scheme, width);
        var page = await context.NewPageAsync();
        var complaints = Listen(page);
        await Open(page);

        Assert.Equal(scheme, await page.EvaluateAsync<string>("document.documentElement.dataset.drawn"));
        var charts = await page.Locator("[data-chart]").AllAsync();
        Assert.Equal(5, charts.Count);
        foreach (var chart in charts)
        {
            Assert.True(await chart.Locator("svg .mark-line path").CountAsync() > 0);
            Assert.True((await chart.Locator("svg").BoundingBoxAsync())!.Width <= width);
        }

        Assert.Equal("A network <groks> \"addition\" & more", await page.Locator("h1").TextContentAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Keep(page, $"page-{scheme}-{width}");
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("accuracy", "validation (%)")]
    [InlineData("embedding", "normalised value")]
    public async Task Pointing_at_a_chart_tells_the_values(string chart, string words)
    {
        await using var context = await Context("light", 1100);
        var page = await context.NewPageAsync();
        var complaints = Listen(page);
        await Open(page);
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
    [InlineData(true)]
    public async Task Without_scripts_the_pictures_stand_in(bool pictures)
    {
        await using var context = await _browser!.NewContextAsync(new() { JavaScriptEnabled = !pictures, ViewportSize = new() { Width = 900, Height = 900 } });
        var page = await context.NewPageAsync();
        var complaints = Listen(page);
        await page.GotoAsync(Address);
        foreach (var picture in await page.Locator("[data-chart] img").AllAsync()) Assert.True((await picture.BoundingBoxAsync())!.Height > 100);
        await Keep(page, "page-without-scripts");
        Assert.Empty(complaints);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
    }

    public void Dispose()
    {
        _playwright?.Dispose();
        _folder.Dispose();
    }

    private string Address => new Uri(_folder.Inner("report", "index.html")).AbsoluteUri;

    private Task<IBrowserContext> Context(string scheme, int width) => _browser!.NewContextAsync(new()
    {
        ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light,
        ViewportSize = new() { Width = width, Height = 900 },
    });

    /// <summary>Everything that a page should not have: messages on the console, exceptions, failed requests, requests to anywhere but the disk.</summary>
    private static List<string> Listen(IPage page)
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

    private async Task Open(IPage page)
    {
        await page.GotoAsync(Address);
        await page.WaitForFunctionAsync("document.documentElement.dataset.drawn");
    }

    private static async Task Keep(IPage page, string name, bool whole = true)
    {
        if (Screenshots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = whole });
    }
}
