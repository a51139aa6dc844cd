using Goldilocks.Report.Tests;
using Microsoft.Playwright;

namespace Goldilocks.Pipeline.Tests;

/// <summary>The page of a run in training, in a real browser.</summary>
public sealed class WatchBrowserTests : IAsyncLifetime
{
    private static readonly string? Screenshots = Environment.GetEnvironmentVariable("GOLDILOCKS_SCREENSHOTS");

    private readonly List<string> _complaints = [];
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null) return;
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    [BrowserTheory]
    [InlineData("light", 1100)]
    [InlineData("dark", 390)]
    public async Task The_page_follows_the_training_and_leaves_the_reader_where_they_are(string scheme, int width)
    {
        using var watching = new Watching("width: 200, steps: 60000, seed: 58, rng: reference, convention: reference");
        var (address, command) = await watching.StartAsync();
        var page = await Open(address, scheme, width);
        await Until(page, "document.documentElement.dataset.drawn !== undefined");
        Assert.Equal(scheme, await page.EvaluateAsync<string>("document.documentElement.dataset.drawn"));
        Assert.Equal("This run is in training.", await page.Locator("#live-told").TextContentAsync());

        // Who stands at the end goes on with it.
        await Updates(page, 2);
        var (step, last) = (await Step(page), await Last(page));
        Assert.True(step > 0 && step <= last, $"{step} of {last}");
        await Updates(page, 2);
        Assert.True(await Step(page) > step);
        Assert.True(await Last(page) > last);
        await Keep(page, $"watch-{scheme}-{width}");

        // Who has gone back stays there, and keeps the part of the axis that they chose.
        await page.Locator("#step").FocusAsync();
        await page.Keyboard.PressAsync("Home");
        await page.Keyboard.PressAsync("ArrowRight");
        var chosen = await Step(page);
        await page.Locator("#closer").ClickAsync();
        await page.Locator("#closer").ClickAsync();
        await page.WaitForTimeoutAsync(100);
        var axis = await Axis(page);
        last = await Last(page);
        await Updates(page, 3);
        Assert.Equal(chosen, await Step(page));
        Assert.Equal(axis, await Axis(page));
        Assert.True(await Last(page) > last);
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));

        await Until(page, "document.querySelector('#live-bar').dataset.stage === 'done'");
        Assert.Equal(0, await command);
        Assert.Equal("Training is over. The tables lie in", await page.Locator("#live-told").TextContentAsync());
        Assert.Equal(Short.Path(watching.TrainFolder), await page.Locator("#live-path").TextContentAsync());
        Assert.Equal("A network that understood at once", await page.Locator("h1").TextContentAsync());
        Assert.Equal("step 1530", await page.Locator(".milestones .validation dd").TextContentAsync());
        Assert.Equal(60_000, await Last(page));
        Assert.Equal(chosen, await Step(page));
        await Keep(page, $"watch-done-{scheme}-{width}");
        Assert.Empty(_complaints);
    }

    [BrowserTheory]
    [InlineData(1100)]
    public async Task The_runs_of_a_sweep_can_be_chosen(int width)
    {
        using var watching = new Watching("width: 200, steps: 30000, seed: {range: [1, 2]}, decoder_lr: [1e-3, 1e-4]");
        var (address, command) = await watching.StartAsync("--jobs", "2");
        var page = await Open(address, "light", width);
        await Until(page, "document.documentElement.dataset.drawn !== undefined");
        var select = page.Locator("#live-run");
        await Until(page, "document.querySelectorAll('#live-run option').length > 1");
        var names = await select.Locator("option").AllTextContentsAsync();
        Assert.All(names, name => Assert.Matches("^[0-9a-f]{12}, seed [12](, decoder_lr 0.0?001|, decoder_lr 0.0001)? \\((in training|finished)\\)$", name));
        await Keep(page, "watch-sweep");
        var other = await page.EvaluateAsync<string>("[...document.querySelectorAll('#live-run option')].find((option) => !option.selected).value");
        await select.SelectOptionAsync(other);
        await Until(page, $"location.search === '?run={other}' && document.documentElement.dataset.drawn !== undefined");
        Assert.Equal(other, await page.Locator("#repeat ~ p code").TextContentAsync());
        Assert.Equal(other, await select.InputValueAsync());
        await Until(page, "document.querySelector('#live-bar').dataset.stage === 'done'");
        Assert.Equal(4, await select.Locator("option").CountAsync());
        Assert.Equal(0, await command);
        Assert.Empty(_complaints);
    }

    [BrowserTheory]
    [InlineData("light")]
    public async Task The_page_waits_for_the_first_state_and_says_when_the_command_is_gone(string scheme)
    {
        var stage = new PlannedStage(new FakeStage("train"), [], "quickstart", [], Path.Combine(Path.GetTempPath(), "none"), "./goldilocks run quickstart");
        var server = WatchServer.Start(new WatchHub(new PlannedPipeline("quickstart", "A network <learns>", [stage])), port: 0);
        var page = await Open(new Uri(server.Address), scheme, 390);
        Assert.Equal("Waiting: nothing has been recorded yet.", await page.Locator("#live-told").TextContentAsync());
        Assert.Equal("A network <learns>", await page.Locator(".kicker").TextContentAsync());
        await page.WaitForTimeoutAsync(1200);
        await Keep(page, "watch-waiting");
        Assert.Empty(_complaints);
        server.Dispose();
        await Until(page, "document.querySelector('#live-told').textContent.startsWith('The command that trained has ended or was interrupted.')");
        await Keep(page, "watch-gone");

        // Then it asks no more.
        var asked = _complaints.Count;
        await page.WaitForTimeoutAsync(1500);
        Assert.Equal(asked, _complaints.Count);
    }

    private async Task<IPage> Open(Uri address, string scheme, int width)
    {
        var context = await _browser!.NewContextAsync(new() { ColorScheme = scheme == "dark" ? ColorScheme.Dark : ColorScheme.Light, ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => _complaints.Add($"console {message.Type}: {message.Text}");
        page.PageError += (_, error) => _complaints.Add($"exception: {error}");
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal)) _complaints.Add($"request: {request.Url}");
        };
        await page.GotoAsync(address.AbsoluteUri);
        return page;
    }

    private static Task<int> Step(IPage page) => page.EvaluateAsync<int>("runPage.step");

    private static async Task<int> Last(IPage page) => int.Parse((await page.Locator("#now").TextContentAsync())!.Split(" of ")[1].Replace(",", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    private static Task<string> Axis(IPage page) => page.EvaluateAsync<string>("[...document.querySelectorAll('#curves .role-axis-label text')].filter((text) => text.parentElement.parentElement.parentElement.parentElement.getAttribute('aria-label')?.startsWith('X-axis')).map((text) => text.textContent).join(' ')");

    /// <summary>Waits until the page has drawn so many states more.</summary>
    private static async Task Updates(IPage page, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var before = await page.EvaluateAsync<string>("document.documentElement.dataset.version ?? ''");
            await Until(page, $"!['', '{before}'].includes(document.documentElement.dataset.version ?? '')");
        }
    }

    /// <summary>Asks again and again: the browser's own waiting would have the page evaluate texts, which its policy forbids.</summary>
    private static async Task Until(IPage page, string condition)
    {
        for (var i = 0; !await Holds(page, condition); i++)
        {
            Assert.True(i < 1200, $"after a minute not yet: {condition}");
            await Task.Delay(50);
        }
    }

    /// <summary>No condition holds while the page is being loaded again.</summary>
    private static async Task<bool> Holds(IPage page, string condition)
    {
        try
        {
            return await page.EvaluateAsync<bool>(condition);
        }
        catch (PlaywrightException e) when (e.Message.Contains("Execution context was destroyed", StringComparison.Ordinal))
        {
            return false;
        }
    }

    private static async Task Keep(IPage page, string name)
    {
        if (Screenshots is not null) await page.ScreenshotAsync(new() { Path = Path.Combine(Screenshots, $"{name}.png"), FullPage = true });
    }
}
