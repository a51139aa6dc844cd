using System.Text.RegularExpressions;
using System.Xml.Linq;
using Goldilocks.Theory;
using Microsoft.Playwright;

namespace Goldilocks.Report.Tests;

/// <summary>The page of a sweep opened from disk in a real browser.</summary>
public sealed class SweepBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    [BrowserTheory]
    [InlineData(1, "light", 1100)]
    [InlineData(5, "dark", 1100)]
    [InlineData(5, "light", 390)]
    [InlineData(1, "dark", 390)]
    public async Task The_page_draws_map_and_curves_at_every_width(int seeds, string scheme, int width)
    {
        using var site = new SweepSite(SweepRun.Map(seeds));
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var (page, complaints) = await site.Open(context);
        Assert.Equal(176, await page.Locator("#map-place [role=gridcell]").CountAsync());
        Assert.Equal(2 * seeds, await page.Locator("#curves-place polyline").CountAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Equal(seeds == 1 ? 0 : 1, await page.Locator("#others input").CountAsync());
        await BrowserTests.Keep(page, $"sweep-{seeds}-{scheme}-{width}");
        await page.SelectOptionAsync("#colour", "validation");
        await BrowserTests.Keep(page, $"sweep-{seeds}-{scheme}-{width}-steps", whole: false);
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("mouse")]
    [InlineData("keyboard")]
    public async Task A_cell_shows_its_run_and_opens_its_page(string way)
    {
        var runs = SweepRun.Map();
        var run = runs.First(run => run.Phase == "grokking");
        using var site = new SweepSite(runs);
        await using var context = await BrowserTests.Context(fixture, "light", 1100);
        var (page, complaints) = await site.Open(context);
        var cell = SweepSite.Cell(page, run);
        if (way == "mouse") await cell.HoverAsync();
        else await cell.FocusAsync();
        var words = await page.Locator("#cell-words").TextContentAsync();
        Assert.Equal($"Grokking: training accuracy at step {Numbers.Count(run.TrainStep!.Value)}, validation accuracy at step {Numbers.Count(run.ValidationStep!.Value)}, {Numbers.Counted(run.ValidationStep.Value - run.TrainStep.Value, "step")} later", words!.Split(" (×")[0]);
        Assert.Equal($"decoder_lr {Numbers.Parameter(run.DecoderLr)}, decoder_weight_decay {Numbers.Parameter(run.DecoderWeightDecay)}", await page.Locator("#cell-name").TextContentAsync());
        Assert.Equal($"validation at {Numbers.Count(run.ValidationStep.Value)}", await page.Locator("#curves-place .validation-ink").TextContentAsync());
        if (way == "mouse") await cell.ClickAsync();
        else await page.Keyboard.PressAsync("Enter");
        await page.WaitForFunctionAsync("id => location.pathname.endsWith(`/runs/${id}.html`)", run.Id[..12]);
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(390)]
    public async Task The_first_touch_shows_and_the_second_opens(int width)
    {
        var runs = SweepRun.Map();
        using var site = new SweepSite(runs);
        await using var context = await fixture.Browser.NewContextAsync(new() { HasTouch = true, IsMobile = true, ViewportSize = new() { Width = width, Height = 800 } });
        var (page, complaints) = await site.Open(context);
        await SweepSite.Cell(page, runs[37]).TapAsync();
        Assert.EndsWith(SweepPage.Name, page.Url, StringComparison.Ordinal);
        Assert.Equal($"decoder_lr {Numbers.Parameter(runs[37].DecoderLr)}, decoder_weight_decay {Numbers.Parameter(runs[37].DecoderWeightDecay)}", await page.Locator("#cell-name").TextContentAsync());
        await SweepSite.Cell(page, runs[37]).TapAsync();
        await page.WaitForFunctionAsync("id => location.pathname.endsWith(`/runs/${id}.html`)", runs[37].Id[..12]);
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("light")]
    public async Task Arrow_keys_walk_through_the_map_and_pass_over_holes(string scheme)
    {
        // Row 4 has a hole in column 6.
        var runs = SweepRun.Map().Where((_, i) => i != (4 * 16) + 6).ToArray();
        using var site = new SweepSite(runs);
        await using var context = await BrowserTests.Context(fixture, scheme, 1100);
        var (page, complaints) = await site.Open(context);
        await SweepSite.Cell(page, runs[(4 * 16) + 5]).FocusAsync();
        async Task Press(string key, int expected)
        {
            await page.Keyboard.PressAsync(key);
            var run = runs[expected];
            Assert.Equal($"decoder_lr {Numbers.Parameter(run.DecoderLr)}, decoder_weight_decay {Numbers.Parameter(run.DecoderWeightDecay)}", await page.Locator("#cell-name").TextContentAsync());
            Assert.Equal(1, await page.Locator("#map-place [tabindex='0']").CountAsync());
        }

        await Press("ArrowRight", (4 * 16) + 6);
        await Press("ArrowUp", (5 * 16) + 6);
        await Press("ArrowDown", (4 * 16) + 6);
        await Press("ArrowLeft", (4 * 16) + 5);
        await Press("Home", 4 * 16);
        await Press("ArrowLeft", 4 * 16);
        await Press("End", (4 * 16) + 14);
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("validation", 60, 1000, 10_000)]
    [InlineData("validation", 100, 1000, 10_000)]
    [InlineData("train", 50, 1000, 10_000)]
    [InlineData("gap", 90, 300, 10_000)]
    [InlineData("budget", 90, 1000, 3000)]
    public async Task A_moved_threshold_moves_the_borders_as_the_theory_says(string name, int percent, long gap, long budget)
    {
        var runs = SweepRun.Map();
        using var site = new SweepSite(runs);
        await using var context = await BrowserTests.Context(fixture, "light", 1100);
        var (page, complaints) = await site.Open(context);
        var own = new PhaseRule { AccuracyInclusive = true, StepBudget = 10_000 };
        Assert.Equal(Counts(runs, own), await page.Locator("#counts").TextContentAsync());
        var before = await Fills(page);

        await page.Locator($"#{name}-number").FillAsync(name switch { "gap" => $"{gap}", "budget" => $"{budget}", _ => $"{percent}" });
        var moved = own with { Gap = gap, StepBudget = budget };
        moved = name == "train" ? moved with { Accuracy = percent / 100.0, ValidationAccuracy = 0.9 } : moved with { ValidationAccuracy = percent / 100.0 };
        Assert.Equal(Counts(runs, moved), await page.Locator("#counts").TextContentAsync());
        Assert.NotEqual(Counts(runs, own), Counts(runs, moved));
        Assert.NotEqual(before, await Fills(page));
        Assert.Equal(percent != 90, (await page.Locator("#note").TextContentAsync())!.Contains("resolution of the recorded curves", StringComparison.Ordinal));

        await page.Locator("#reset").ClickAsync();
        Assert.Equal(Counts(runs, own), await page.Locator("#counts").TextContentAsync());
        Assert.Equal(before, await Fills(page));
        Assert.True(await page.Locator("#reset").IsDisabledAsync());
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("light")]
    public async Task A_slider_recolours_the_map_as_it_moves(string scheme)
    {
        using var site = new SweepSite(SweepRun.Map());
        await using var context = await BrowserTests.Context(fixture, scheme, 1100);
        var (page, complaints) = await site.Open(context);

        // The map has its new colours when the slider's event returns: nothing is put off to a later frame.
        var maps = await page.EvaluateAsync<int>(
            """
            () => {
              const slider = document.getElementById('validation-slider');
              const fills = () => [...document.querySelectorAll('#map-place [role=gridcell]')].map((cell) => cell.outerHTML).join();
              return new Set(Array.from({ length: 41 }, (_, i) => {
                slider.value = 500 + 10 * i;
                slider.dispatchEvent(new Event('input'));
                return fills();
              })).size;
            }
            """);
        Assert.InRange(maps, 3, 41);
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("light")]
    public async Task Seeds_and_axes_are_chosen(string scheme)
    {
        var runs = SweepRun.Map(seeds: 3);
        using var site = new SweepSite(runs);
        await using var context = await BrowserTests.Context(fixture, scheme, 1100);
        var (page, complaints) = await site.Open(context);
        var rule = new PhaseRule { AccuracyInclusive = true, StepBudget = 10_000 };
        var grid = SweepTables.Grid(runs);
        Assert.Equal($"{PhaseNumbers.Counts(grid)}, each by the most frequent phase of its runs.", await page.Locator("#counts").TextContentAsync());
        Assert.Equal(grid.Cells.Sum(cell => PhaseKind.All.Count(phase => cell.Count(phase) > 0) is var found and > 1 ? found : 0), await page.Locator("#map-place .share").CountAsync());

        var slider = page.Locator("#others input");
        await slider.FocusAsync();
        await page.Keyboard.PressAsync("ArrowRight");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal("1", await page.Locator("#others output").TextContentAsync());
        Assert.Equal(Counts([.. runs.Where(run => run.Seed == 1)], rule), await page.Locator("#counts").TextContentAsync());
        Assert.Equal(0, await page.Locator("#map-place .share").CountAsync());

        await page.SelectOptionAsync("#up", new SelectOptionValue { Label = "seed" });
        Assert.Equal(16 * 3, await page.Locator("#map-place [role=gridcell]").CountAsync());
        Assert.Equal("decoder_weight_decay", await page.Locator("#others input").GetAttributeAsync("data-parameter"));
        await page.SelectOptionAsync("#up", new SelectOptionValue { Label = "nothing" });
        Assert.Equal(16, await page.Locator("#map-place [role=gridcell]").CountAsync());
        await page.SelectOptionAsync("#across", new SelectOptionValue { Label = "decoder_weight_decay" });
        Assert.Equal(11, await page.Locator("#map-place [role=gridcell]").CountAsync());
        Assert.Equal(2, await page.Locator("#others input").CountAsync());
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("map", "light")]
    [InlineData("curves", "dark")]
    public async Task Pictures_are_saved_with_their_captions(string what, string scheme)
    {
        using var site = new SweepSite(SweepRun.Map(seeds: 2));
        await using var context = await BrowserTests.Context(fixture, scheme, 1100);
        var (page, complaints) = await site.Open(context);
        var svg = XDocument.Parse(await File.ReadAllTextAsync(await Save(page, $"{what}-svg")));
        var words = Regex.Replace(string.Join(' ', svg.Descendants().Where(element => element.Name.LocalName == "tspan").Select(line => line.Value)), "\\s+", " ");
        foreach (var part in (string[])["decoder_lr", "decoder_weight_decay", "training accuracy ≥ 90 %, validation accuracy ≥ 90 %, grokking from a gap of 1000 steps on, budget 10,000 steps", "Reference convention: a threshold counts from 90 % on", "seed 0, 1", "Made by: ./goldilocks run sweep"])
            Assert.Contains(part, words.Replace('\u00a0', ' '), StringComparison.Ordinal);
        var (width, height) = ((double)svg.Root!.Attribute("width")!, (double)svg.Root.Attribute("height")!);
        Assert.All(svg.Descendants().Where(element => element.Name.LocalName == "tspan"), line => Assert.InRange((double)line.Attribute("y")!, height / 2, height));
        // Print has its own colours: by night, too, words are dark on white.
        Assert.Equal("#ffffff", (string?)svg.Descendants().First(element => element.Name.LocalName == "rect").Attribute("fill"));
        Assert.Contains(svg.Descendants(), element => element.Name.LocalName == "text" && (string?)element.Attribute("fill") == "rgb(31, 35, 40)");
        Assert.DoesNotContain("var(", svg.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("class=", svg.ToString(), StringComparison.Ordinal);

        var png = await File.ReadAllBytesAsync(await Save(page, $"{what}-png"));
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(png[..8]));
        Assert.Equal((int)(2 * width), System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("blob:", StringComparison.Ordinal));
    }

    [BrowserTheory]
    [InlineData("</script><script>alert('1')</script>\"><img src=x onerror=alert(2)><!-- & 日本")]
    public async Task Settings_stay_words_whatever_they_say(string attack)
    {
        using var site = new SweepSite(new SweepRun(1e-3, 0) { Loss = attack }.At(10, 2000), new SweepRun(1e-3, 0) { Loss = "mse" }, new SweepRun(1e-3, 0, 1) { Loss = attack, Recipe = attack });
        Assert.DoesNotContain("<script>alert", site.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", site.Page, StringComparison.Ordinal);
        await using var context = await BrowserTests.Context(fixture, "light", 390);
        var (page, complaints) = await site.Open(context);
        Assert.Equal(0, await page.Locator("img").CountAsync());
        Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        Assert.Contains(attack, (await page.Locator("#cell-name").TextContentAsync())!, StringComparison.Ordinal);
        var svg = XDocument.Parse(await File.ReadAllTextAsync(await Save(page, "curves-svg")));
        Assert.Contains(attack, svg.Descendants().First(element => element.Name.LocalName == "desc").Value, StringComparison.Ordinal);
        Assert.DoesNotContain(svg.Descendants(), element => element.Name.LocalName is "script" or "img");
        Assert.DoesNotContain(complaints, complaint => !complaint.Contains("blob:", StringComparison.Ordinal));
    }

    private static async Task<string> Save(IPage page, string button)
    {
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator($"#{button}").ClickAsync());
        var path = await download.PathAsync();
        if (Environment.GetEnvironmentVariable("GOLDILOCKS_SCREENSHOTS") is { } kept) File.Copy(path, Path.Combine(kept, download.SuggestedFilename), overwrite: true);
        return path;
    }

    private static Task<string> Fills(IPage page) =>
        page.EvaluateAsync<string>("[...document.querySelectorAll('#map-place [role=gridcell] > rect')].map((rect) => getComputedStyle(rect).fill).join(' ')");

    /// <summary>What the page should say: phases by the theory, of steps that are exact at 90 % and otherwise read from the recorded curves.</summary>
    private static string Counts(IReadOnlyList<SweepRun> runs, PhaseRule rule)
    {
        var phases = runs.Select(run => rule.Classify(
            Step(run, run.TrainStep, rule.Accuracy, step => rule.ReachesAccuracy(SweepCurveTables.Trained(run, step), SweepCurveTables.TrainPairs)),
            Step(run, run.ValidationStep, rule.ValidationAccuracy ?? rule.Accuracy, step => rule.ReachesValidationAccuracy(SweepCurveTables.Validated(run, step), SweepCurveTables.ValidationPairs)))
            .ToString().ToLowerInvariant()).ToArray();
        var found = PhaseKind.All.Select(phase => (phase, count: phases.Count(other => other == phase))).Where(pair => pair.count > 0);
        return string.Join(", ", found.Select((pair, i) => i == 0 ? $"{Numbers.Counted(pair.count, "cell")} of {pair.phase}" : $"{pair.count} of {pair.phase}")) + ".";
    }

    private static long? Step(SweepRun run, long? exact, double threshold, Func<long, bool> reaches)
    {
        if (threshold == 0.9) return exact;
        var recorded = SweepCurveTables.Steps(run).Where(reaches).Select(step => (long?)step).FirstOrDefault();
        // These curves rise all the time, so that a lower threshold is reached no later than 90 % is.
        return threshold < 0.9 && exact is { } step && (recorded is null || recorded > step) ? step : recorded;
    }
}
