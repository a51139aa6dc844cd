using System.Globalization;
using Goldilocks.Theory;
using Microsoft.Playwright;

namespace Goldilocks.Report.Tests;

/// <summary>The theory's page opened from disk in a real browser, its numbers against the theory's own.</summary>
public sealed class TheoryBrowserTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [BrowserTheory]
    [InlineData("dark")]
    public async Task The_prediction_is_saved_with_what_it_needs_to_be_made_again(string scheme)
    {
        await using var context = await BrowserTests.Context(fixture, scheme, 1100);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        TheoryPage.Write(_folder.Inner("saved", "theory.html"));
        await page.GotoAsync(new Uri(_folder.Inner("saved", "theory.html")).AbsoluteUri);
        var download = await page.RunAndWaitForDownloadAsync(() => page.Locator("[data-save='curves svg']").ClickAsync());
        var text = await File.ReadAllTextAsync(await download.PathAsync());
        var words = System.Xml.Linq.XDocument.Parse(text).Root!.Elements().First(element => element.Name.LocalName == "desc").Value;
        Assert.Contains("trained on all pairs but 0+2, 0+4, 1+5, 1+7, 2+4, 4+4, 4+6, 5+5, 5+8, 5+9; nullity 2.", words, StringComparison.Ordinal);
        Assert.Contains("The paper's definitions, equation 4, learning rate 0.001, start 1.", words, StringComparison.Ordinal);
        Assert.True(text.Split("<path").Length > 10);
        Assert.DoesNotContain(Theme.Dark.Halo, text, StringComparison.OrdinalIgnoreCase);
        Assert.Empty(complaints);
    }

    public void Dispose() => _folder.Dispose();

    [BrowserTheory]
    [InlineData("light", 1100)]
    [InlineData("dark", 1100)]
    [InlineData("dark", 390)]
    [InlineData("light", 390)]
    public async Task The_page_begins_with_the_authors_training_set(string scheme, int width)
    {
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var (page, complaints) = await Open(context);
        await Holds(page, Split.ToyReference(SampleSet.Addition(10), 45, 58));
        Assert.Equal(10, await page.Locator("#curves .curve").CountAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await page.Locator("#symbols").FillAsync("16");
        Assert.Equal(136, await page.Locator("#grid button").CountAsync());
        Assert.Equal(width, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await BrowserTests.Keep(page, $"theory-16-{scheme}-{width}");
        await page.ReloadAsync();
        await BrowserTests.Keep(page, $"theory-{scheme}-{width}");
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("published")]
    [InlineData("nine")]
    [InlineData("odd")]
    [InlineData("line")]
    [InlineData("fewest")]
    [InlineData("clock")]
    public async Task Experiments_show_what_they_tell(string experiment)
    {
        var addition = SampleSet.Addition(10);
        const string line = "0 1 2 3 4 5 6 7 8 9 must lie in this order, at equal distances.";
        const string ruler = "lie on one ruler: place two of them, and the others follow.";
        (Split Split, int Nullity, int Known, string[] Bodies) expected = experiment switch
        {
            "published" => (Split.ToyReference(addition, 45, 58), 2, 55, [line]),
            "nine" => (Chosen(addition, (_, b) => b < 9), 3, 45, [$"0 1 2 3 4 5 6 7 8 {ruler}", "9 may stand anywhere."]),
            "odd" => (Chosen(addition, (a, b) => (a + b) % 2 == 1), 3, 25, [$"0 2 4 6 8 {ruler}", "1 3 5 7 9 may slide together, by the same distance."]),
            "line" => (Chosen(addition, (a, b) => a + b is 8 or 9), 2, 10, [line]),
            "fewest" => (Chosen(addition, (a, b) => a + b is 8 or 9 || a == 0 || b == 9), 2, 55, [line]),
            _ => (Chosen(SampleSet.ModularAddition(10, ordered: false), (_, _) => true), 1, 55, ["0 1 2 3 4 5 6 7 8 9 must all stand in one and the same place."]),
        };
        var (split, nullity, known, bodies) = expected;
        if (experiment == "fewest") Assert.Equal(27, split.Train.Length);
        await using var context = await BrowserTests.Context(fixture, "light", 1100);
        var (page, complaints) = await Open(context);
        await page.Locator($"[data-experiment={experiment}]").ClickAsync();
        await Holds(page, split);
        Assert.Equal(nullity.ToString(CultureInfo.InvariantCulture), await page.Locator("#nullity").TextContentAsync());
        Assert.StartsWith($"{known} of 55", await page.Locator("#known").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(bodies, await page.Locator("#bodies li").AllTextContentsAsync());
        Assert.Equal("true", await page.Locator($"[data-experiment={experiment}]").GetAttributeAsync("aria-pressed"));
        Assert.Equal(await page.Locator($"[data-experiment={experiment}]").GetAttributeAsync("data-told"), await page.Locator("#told").TextContentAsync());
        await BrowserTests.Keep(page, $"theory-{experiment}");
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(1100)]
    public async Task Pairs_are_put_in_and_taken_out_by_mouse_and_keyboard(int width)
    {
        await using var context = await BrowserTests.Context(fixture, "light", width);
        var (page, complaints) = await Open(context);
        var samples = SampleSet.Addition(10);
        await page.Locator("#none").ClickAsync();
        await Holds(page, Chosen(samples, (_, _) => false));
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^2 \\+ 5 = 7, ") }).ClickAsync();
        await Holds(page, Chosen(samples, (a, b) => (a, b) is (2, 5)));
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowLeft");
        await page.Keyboard.PressAsync("Space");
        await Holds(page, Chosen(samples, (a, b) => (a, b) is (2, 5) or (3, 4)));
        Assert.Equal("3 + 4 = 7, in the training set", await page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));
        Assert.Equal("3 + 4 = 7 is shown, and so is 2 + 5: E₃ + E₄ = E₂ + E₅.", (await page.Locator("#pair").TextContentAsync())!.Replace('\u00a0', ' '));
        Assert.Equal(1, await page.Locator("#grid button[tabindex='0']").CountAsync());
        await page.Keyboard.PressAsync("Control+Home");
        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Enter");
        await Holds(page, Chosen(samples, (a, b) => (a, b) is (2, 5) or (3, 4) or (0, 9)));
        await page.Keyboard.PressAsync("Enter");
        await Stroke(page, (0, 0), (0, 1), (0, 2));
        await Holds(page, Chosen(samples, (a, b) => (a, b) is (2, 5) or (3, 4) or (0, < 3)));
        await page.Locator("#swap").ClickAsync();
        await Holds(page, Chosen(samples, (a, b) => !((a, b) is (2, 5) or (3, 4) or (0, < 3))));
        await page.Locator("#all").ClickAsync();
        await Holds(page, Chosen(samples, (_, _) => true));
        await page.GetByLabel("on a clock").CheckAsync();
        await Holds(page, Chosen(SampleSet.ModularAddition(10, ordered: false), (_, _) => true));
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("add")]
    [InlineData("modular_add")]
    public async Task Random_sets_of_any_size_are_told_rightly(string operation)
    {
        await using var context = await BrowserTests.Context(fixture, "light", 1100);
        var (page, complaints) = await Open(context);
        await page.Locator($"input[value={operation}]").CheckAsync();
        await page.Locator("#symbols").FillAsync("7");
        bool[] before = [];
        foreach (var size in (int[])[20, 12, 5, 16])
        {
            await page.Locator("#share").FillAsync(size.ToString(CultureInfo.InvariantCulture));
            var shown = await Shown(page);
            Assert.Equal(size, shown.Count(isShown => isShown));
            await Holds(page, Of(TheoryCases.Create(operation, 7), shown));
            if (before.Length > 0) Assert.All(shown.Zip(before), pair => Assert.True(size < before.Count(was => was) ? pair.Second || !pair.First : pair.First || !pair.Second));
            before = shown;
        }

        await page.Locator("#shuffle").ClickAsync();
        Assert.NotEqual(before, await Shown(page));
        await Holds(page, Of(TheoryCases.Create(operation, 7), await Shown(page)));
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("paper", "full")]
    [InlineData("reference", "linear")]
    public async Task The_number_line_shows_the_chosen_moment(string convention, string flow)
    {
        await using var context = await BrowserTests.Context(fixture, "light", 1100);
        var (page, complaints) = await Open(context);
        await page.Locator($"input[value={convention}]").CheckAsync();
        await page.Locator($"input[value={flow}]").CheckAsync();
        var start = await page.EvaluateAsync<float[]>("Theory.start(10, 1).map(Math.fround)");
        var split = Split.ToyReference(SampleSet.Addition(10), 45, 58);
        var theory = EffectiveTheory.OfTraining(new ParallelogramSet(split.Samples), split, Enum.Parse<Convention>(convention, ignoreCase: true));
        var trajectory = new EffectiveTrajectory(theory, NormalisedEmbedding.Of(start, 10, theory.Convention));
        foreach (var share in (double[])[0, 0.1, 0.6, 1])
        {
            await page.Locator("#time").FillAsync((share * 1000).ToString(CultureInfo.InvariantCulture));
            await Stands(page, trajectory.At(5 * share * theory.RelaxationTime!.Value, Enum.Parse<EffectiveFlow>(flow, ignoreCase: true)));
        }

        var box = (await page.Locator("#curves svg").BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(box.X + 60, box.Y + 100);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + 100, new() { Steps = 4 });
        await page.Mouse.UpAsync();
        var dragged = double.Parse(await page.Locator("#time").InputValueAsync(), CultureInfo.InvariantCulture) / 1000;
        Assert.InRange(dragged, 0.4, 0.6);
        await Stands(page, trajectory.At(5 * dragged * theory.RelaxationTime!.Value, Enum.Parse<EffectiveFlow>(flow, ignoreCase: true)));
        var curves = await page.Locator("#curves .curve").First.GetAttributeAsync("d");
        await page.Locator("#start").ClickAsync();
        Assert.NotEqual(curves, await page.Locator("#curves .curve").First.GetAttributeAsync("d"));
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData(ReducedMotion.Reduce)]
    [InlineData(ReducedMotion.NoPreference)]
    public async Task Time_runs_unless_the_reader_wants_no_motion(ReducedMotion wish)
    {
        await using var context = await fixture.Browser.NewContextAsync(new() { ReducedMotion = wish });
        var (page, complaints) = await Open(context);
        var play = page.Locator("#play");
        async Task<double> Time() => double.Parse(await page.Locator("#time").InputValueAsync(), CultureInfo.InvariantCulture);
        await play.ClickAsync();
        if (wish == ReducedMotion.Reduce)
        {
            Assert.Equal(1000, await Time());
        }
        else
        {
            while (await Time() < 20) await Task.Delay(20);
            Assert.Equal("Pause", await play.TextContentAsync());
            await play.ClickAsync();
            var stopped = await Time();
            Assert.InRange(stopped, 20, 999);
            await Task.Delay(100);
            Assert.Equal(stopped, await Time());
        }

        Assert.Equal("Play", await play.TextContentAsync());
        Assert.Empty(complaints);
    }

    [BrowserTheory]
    [InlineData("0.01", 10)]
    [InlineData("0.0005", 0.5)]
    public async Task Steps_shrink_as_the_learning_rate_grows(string rate, double factor)
    {
        await using var context = await BrowserTests.Context(fixture, "light", 1100);
        var (page, complaints) = await Open(context);
        async Task<double> Steps() => double.Parse((await page.Locator("#steps-paper").TextContentAsync())!, NumberStyles.Number, CultureInfo.InvariantCulture);
        var before = await Steps();
        for (var presses = 0; await page.Locator("#rate-value").TextContentAsync() != rate; presses++)
        {
            Assert.InRange(presses, 0, 12);
            await page.Locator("#rate").PressAsync(factor > 1 ? "ArrowRight" : "ArrowLeft");
        }

        Assert.InRange(await Steps() * factor, before - (factor / 2) - 0.5, before + (factor / 2) + 0.5);
        Assert.Empty(complaints);
    }

    /// <summary>The order and the distances of the discs are those of the embedding.</summary>
    private static async Task Stands(IPage page, double[] expected)
    {
        var places = await page.EvaluateAsync<double[]>("[...document.querySelectorAll('#number-line .disc')].map((disc) => [Number(disc.textContent), disc.transform.baseVal[0].matrix.e]).sort((a, b) => a[0] - b[0]).map(([, x]) => x)");
        var (mean, middle) = (expected.Average(), places.Average());
        var scale = Math.Sqrt(places.Sum(place => (place - middle) * (place - middle)) / expected.Sum(value => (value - mean) * (value - mean)));
        Assert.All(places.Zip(expected), pair => Assert.InRange(pair.First - middle - (scale * (pair.Second - mean)), -0.05, 0.05));
    }

    private static async Task Stroke(IPage page, params (int A, int B)[] pairs)
    {
        foreach (var (a, b) in pairs)
        {
            var box = (await page.Locator($"#grid button[aria-label^='{a} + {b} = ']").BoundingBoxAsync())!;
            await page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
            if ((a, b) == pairs[0]) await page.Mouse.DownAsync();
        }

        await page.Mouse.UpAsync();
    }

    /// <summary>Every number on the page is what the theory says of this training set.</summary>
    private static async Task Holds(IPage page, Split split)
    {
        var all = new ParallelogramSet(split.Samples);
        var structure = new TrainingStructure(all, split);
        var known = Enumerable.Range(0, split.Samples.Count).Count(structure.IsDetermined);
        Task<string?> Told(string id) => page.Locator($"#{id}").TextContentAsync();
        Assert.Equal(Enumerable.Range(0, split.Samples.Count).Select(s => split.Train.Contains(s) ? "shown" : structure.IsDetermined(s) ? "implied" : "unknown"), await page.EvaluateAsync<string[]>("[...document.querySelectorAll('#grid button')].map((cell) => cell.dataset.state)"));
        Assert.Equal(Enumerable.Range(0, split.Samples.Count).Select(split.Train.Contains), await Shown(page));
        Assert.Equal($"{structure.Nullity}", await Told("nullity"));
        Assert.Equal($"{structure.PermissibleParallelograms} of {all.Count}", await Told("permissible"));
        Assert.Equal($"{structure.ImpliedParallelograms} of {all.Count}", await Told("implied"));
        Assert.Equal(Report.Numbers.Percent(structure.IdealAccuracy), await Told("accuracy"));
        Assert.StartsWith($"{known} of {split.Samples.Count} pairs", await Told("known"), StringComparison.Ordinal);
        foreach (var convention in Enum.GetValues<Convention>())
        {
            var theory = EffectiveTheory.OfTraining(all, split, convention);
            Assert.Equal(theory.Lambda3, double.Parse((await Told($"lambda-{convention.Name()}"))!, CultureInfo.InvariantCulture), 1e-4 * theory.Lambda3);
            var steps = structure.Nullity == 2 ? theory.StepsPerRelaxation(1e-3) : null;
            Assert.Equal(steps is { } one ? Report.Numbers.Steps(one) : "never", await Told($"steps-{convention.Name()}"));
            Assert.Equal(steps is { } three ? Report.Numbers.Steps(3 * three) : "never", await Told($"expected-{convention.Name()}"));
        }
    }

    private static Task<bool[]> Shown(IPage page) => page.EvaluateAsync<bool[]>("[...document.querySelectorAll('#grid button')].map((cell) => cell.getAttribute('aria-pressed') === 'true')");

    private static Split Of(SampleSet samples, bool[] shown) => Split.Of(samples, [.. Enumerable.Range(0, samples.Count).Where(s => shown[s])]);

    private static Split Chosen(SampleSet samples, Func<int, int, bool> chosen) => Of(samples, [.. Enumerable.Range(0, samples.Count).Select(s => chosen(samples.First[s], samples.Second[s]))]);

    private async Task<(IPage Page, List<string> Complaints)> Open(IBrowserContext context)
    {
        var path = _folder.Inner("report", "theory.html");
        TheoryPage.Write(path);
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, new Uri(path).AbsoluteUri);
        return (page, complaints);
    }
}
