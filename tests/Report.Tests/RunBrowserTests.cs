using Microsoft.Playwright;

namespace Goldilocks.Report.Tests;

/// <summary>A run's page in a real browser.</summary>
public sealed class RunBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private string Address => $"{fixture.Address[..fixture.Address.LastIndexOf('/')]}/runs/{SampleRun.Published.Id[..12]}.html";

    [BrowserTheory]
    [InlineData("light", 1300)]
    [InlineData("dark", 1300)]
    [InlineData("dark", 390)]
    public async Task Curves_and_embedding_stand_beside_each_other(string scheme, int width)
    {
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var (page, complaints) = await Open(context);
        Assert.Equal(5, await page.Locator("#curves svg .mark-line path[stroke]").CountAsync());
        Assert.Equal(10, await page.Locator("#embedding svg .mark-symbol path").CountAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await BrowserTests.Keep(page, $"run-{scheme}-{width}");
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(1300)]
    public async Task The_slider_the_keyboard_and_a_drag_choose_the_step(int width)
    {
        await using var context = await BrowserTests.Context(fixture, "light", width);
        var (page, complaints) = await Open(context);
        Assert.Equal("1550 of 5000", await page.Locator("#now").TextContentAsync());
        var slider = page.Locator("#step");
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("Home");
        Assert.Equal("0 of 5000", await page.Locator("#now").TextContentAsync());
        Assert.Equal("step 0", await slider.GetAttributeAsync("aria-valuetext"));
        Assert.Contains("train 25 %", await page.Locator("#readout").TextContentAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("50 of 5000", await page.Locator("#now").TextContentAsync());
        await page.Keyboard.PressAsync("End");
        Assert.Equal("5000 of 5000", await page.Locator("#now").TextContentAsync());
        await Expect(page, "#words", "70 of 70 parallelograms hold (RQI 1.00, before this step's update; the curve has it after)");

        var box = (await page.Locator("#curves svg").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + (0.9f * box.Width), box.Y + 60);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (0.25f * box.Width), box.Y + 60, new() { Steps = 5 });
        await page.Mouse.UpAsync();
        var step = await page.EvaluateAsync<int>("runPage.step");
        Assert.InRange(step, 500, 1500);
        Assert.Contains(step < 800 ? "RQI 0.1" : "RQI 1", await page.Locator("#readout").TextContentAsync(), StringComparison.Ordinal);
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(1300)]
    public async Task The_axis_is_linear_or_logarithmic_and_shows_a_part(int width)
    {
        await using var context = await BrowserTests.Context(fixture, "light", width);
        var (page, complaints) = await Open(context);
        Task<string> Labels() => page.EvaluateAsync<string>("[...document.querySelectorAll('#curves .role-axis-label text')].map((text) => text.textContent).join(' ')");
        Assert.Contains("5000", await Labels(), StringComparison.Ordinal);
        await page.Locator("input[name=axis][value=log]").CheckAsync();
        await page.WaitForFunctionAsync("document.querySelector('#curves').textContent.includes('logarithmic')");
        await page.Locator("input[name=axis][value=linear]").CheckAsync();
        await page.WaitForFunctionAsync("!document.querySelector('#curves').textContent.includes('logarithmic')");
        await page.Locator("#closer").ClickAsync();
        await page.Locator("#closer").ClickAsync();
        await page.WaitForFunctionAsync("![...document.querySelectorAll('#curves .role-axis-label text')].some((text) => text.textContent === '5000')");
        await page.Locator("#whole").ClickAsync();
        await page.WaitForFunctionAsync("[...document.querySelectorAll('#curves .role-axis-label text')].some((text) => text.textContent === '5000')");
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(1300)]
    public async Task Play_moves_on_to_the_end_and_pauses(int width)
    {
        await using var context = await BrowserTests.Context(fixture, "light", width);
        var (page, complaints) = await Open(context);
        var play = page.Locator("#play");
        await play.ClickAsync();
        await page.WaitForFunctionAsync("() => runPage.step > 1600");
        await play.ClickAsync();
        Assert.Equal("false", await play.GetAttributeAsync("aria-pressed"));
        var stopped = await page.EvaluateAsync<int>("runPage.step");
        await page.WaitForTimeoutAsync(200);
        Assert.Equal(stopped, await page.EvaluateAsync<int>("runPage.step"));
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(0)]
    public async Task A_run_that_ended_at_once_has_a_page(int steps)
    {
        using var folder = new TemporaryFolder();
        var run = new SampleRun { Steps = steps, TrainStep = null, ValidationStep = null, RqiStep = null, Phase = "confusion" };
        SampleTables.Write(folder.Inner("train"), null, run);
        PageAssets.Write(folder.Inner("report"));
        RunPages.Write(Reports.Input(folder) with { AnalyzeFolder = null }, folder.Inner("report"), ReportData.ReadRuns(folder.Inner("train"), CancellationToken.None), [], (_, _) => { }, CancellationToken.None);
        await using var context = await BrowserTests.Context(fixture, "light", 1100);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, new Uri(folder.Inner("report", RunPage.Address(run.Id))).AbsoluteUri);
        await page.Locator("#step").PressAsync("End");
        Assert.Equal("0 of 0", await page.Locator("#now").TextContentAsync());
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(1100)]
    public async Task The_reports_page_leads_to_it_and_it_leads_back(int width)
    {
        await using var context = await BrowserTests.Context(fixture, "light", width);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, fixture.Address);
        await page.GetByRole(AriaRole.Link, new() { Name = "Walk through this training step by step" }).ClickAsync();
        await page.WaitForURLAsync(Address);
        await page.Locator("#curves svg").First.WaitForAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = BrowserFixture.Title }).ClickAsync();
        await page.WaitForURLAsync(fixture.Address);
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("curves", "light")]
    [InlineData("embedding", "dark")]
    public async Task Charts_are_saved_as_shown_with_their_caption(string chart, string scheme)
    {
        await using var context = await BrowserTests.Context(fixture, scheme, 1300);
        var (page, complaints) = await Open(context);
        async Task<byte[]> Saved(string format)
        {
            var download = await page.RunAndWaitForDownloadAsync(() => page.Locator($"[data-save='{chart} {format}']").ClickAsync());
            Assert.Equal($"{SampleRun.Published.Id[..12]}-{chart}-step1550.{format}", download.SuggestedFilename);
            return await File.ReadAllBytesAsync(await download.PathAsync());
        }

        var text = System.Text.Encoding.UTF8.GetString(await Saved("svg"));
        var words = System.Xml.Linq.XDocument.Parse(text).Root!.Elements().First(element => element.Name.LocalName == "desc").Value;
        Assert.Contains("--set seed=58", words, StringComparison.Ordinal);
        Assert.Contains("Reference convention", words, StringComparison.Ordinal);
        Assert.Contains(chart == "curves" ? "the line stands at step 1550: train 100 %, validation 100 %" : "70 of 70 parallelograms hold", words, StringComparison.Ordinal);
        Assert.DoesNotContain(Theme.Dark.Train, text, StringComparison.OrdinalIgnoreCase);
        Assert.Equal([0x89, 0x50, 0x4e, 0x47], (await Saved("png"))[..4]);
        Assert.Empty(complaints);
    }

    private async Task<(IPage Page, List<string> Complaints)> Open(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, Address);
        return (page, complaints);
    }

    private static Task<IJSHandle> Expect(IPage page, string selector, string words) =>
        page.WaitForFunctionAsync("([selector, words]) => document.querySelector(selector).textContent.includes(words)", new[] { selector, words });
}
