namespace Goldilocks.Report.Tests;

/// <summary>The pages of Figures 7, 8 and 20, made from made-up tables whose numbers are known.</summary>
public sealed class ModelFigureTests
{
    private static readonly long[] Steps = [0, 1, 10, 100, 1000, 10_000, 20_000];

    [Fact]
    public void Figure_7_left_tells_the_means_and_medians_of_its_seeds()
    {
        using var folder = new TemporaryFolder();
        var train = folder.Inner("train");
        ModelTables.Runs(train, [.. Enumerable.Range(0, 3).Select(seed => ModelTables.Run(seed, "transformer", [("seed", seed), ("p", 59), ("accuracy_threshold", 0.99)], 300 + seed, 4000 + (100 * seed)))]);

        // Each rises by 1 to step 1000 and then falls by 11, from 50, 51 and 52.
        ModelTables.Curves(train, Enumerable.Range(0, 3).SelectMany(seed => Steps.Select(step => (seed, step, "all", "effective_dimension", 50.0 + seed + (step <= 1000 ? step / 1000.0 : 1 - ((step - 1000) / 19_000.0 * 11))))));
        var figure = Draw(folder, "fig7a");
        Assert.Equal("The effective dimension starts at 51, rises to 52 (at step 1000 in the median) and ends at 41. In the median, 99 % of the training pairs are known at step 301, of the others at step 4100.", Plain(figure.Lead));
        var lines = figure.Panels.Single().Figure.Static(Theme.Print)["layer"]!.AsArray().Where(layer => (string?)layer!["mark"]!["type"] == "line").ToArray();
        Assert.Equal([6, 6, 6, 6], lines.Select(line => line!["data"]!["values"]!.AsArray().Count));
        Assert.Equal(52, (double)lines[^1]!["data"]!["values"]![3]!["y"]!, 1e-6);
    }

    [Fact]
    public void Figure_7_center_tells_the_median_steps_of_each_rate_and_never()
    {
        using var folder = new TemporaryFolder();
        ModelTables.Runs(folder.Inner("train"),
        [
            Run(0, 0, 80, null), Run(1, 0, 90, null), Run(2, 0.2, 100, 1300), Run(3, 0.2, 110, 1500), Run(4, 0.3, 120, 900), Run(5, 0.3, 130, null),
        ]);
        var figure = Draw(folder, "fig7b");
        Assert.Equal("Validation accuracy is reached never with dropout 0, at step 1400 with dropout 0.2, never with dropout 0.3 (medians).", figure.Lead);

        static Dictionary<string, object?> Run(int number, double dropout, long train, long? validation) =>
            ModelTables.Run(number, "transformer", [("seed", number % 2), ("p", 59), ("dropout", dropout), ("accuracy_threshold", 0.99)], train, validation);
    }

    [Fact]
    public void Figure_8_shows_the_run_with_curves_and_maps_the_others()
    {
        using var folder = new TemporaryFolder();
        var train = folder.Inner("train");
        var map = Enumerable.Range(1, 4).Select(i => ModelTables.Run(i, "mnist", Settings(i % 2 == 0 ? 1e-3 : 1e-2, i > 2 ? 1 : 0.1, 0), i == 4 ? null : 100 * i, i switch { 1 => 150, 2 => 5000, _ => null }));
        ModelTables.Runs(train, [ModelTables.Run(0, "mnist", Settings(1e-3, 0.5, 60), 1700, 7600), .. map]);
        ModelTables.Curves(train,
        [
            .. Steps.SelectMany(step => new[] { ("train", "loss"), ("validation", "loss"), ("train", "accuracy"), ("validation", "accuracy") }.Select(one => (0, step, one.Item1, one.Item2, one.Item2 == "loss" ? Math.Exp(-step / 5000.0) : step / 20_000.0))),
            .. Enumerable.Range(1, 4).Select(run => (run, 0L, "train", "loss", 1.0)),
        ]);
        var figure = Draw(folder, "fig8");
        Assert.StartsWith("The run with curves knows 90 % of its 1000 training images at step 1700, and recognises 60 % of the others at step 7600, 5900 steps later; it ends at 97 %.", Plain(figure.Lead), StringComparison.Ordinal);
        Assert.Equal(["training", "loss", "phase-map", "validation-steps", "gap"], figure.Panels.Select(panel => panel.Figure.Id));
        Assert.EndsWith("1 cell of comprehension, 1 of grokking, 1 of memorization, 1 of confusion.", Plain(figure.Lead), StringComparison.Ordinal);

        static (string, object)[] Settings(double rate, double decay, int recorded) =>
            [("seed", 0), ("train_images", 1000), ("accuracy_threshold", 0.9), ("validation_threshold", 0.6), ("grokking_gap", 1000), ("record_per_decade", recorded), ("decoder_lr", rate), ("weight_decay", decay), ("steps", 20_000)];
    }

    [Fact]
    public void Figure_20_has_a_line_for_each_weight_decay()
    {
        using var folder = new TemporaryFolder();
        ModelTables.Runs(folder.Inner("train"), [.. new[] { 256, 1024 }.SelectMany((images, i) => new[] { 0.01, 0.1 }.Select((decay, j) =>
            ModelTables.Run((2 * i) + j, "mnist", [("seed", 0), ("train_images", images), ("weight_decay", decay), ("accuracy_threshold", 0.9)], 100, j == 0 ? null : 1000 / (i + 1))))]);
        var figure = Draw(folder, "fig20");
        var legend = figure.Panels.First().Figure.Static(Theme.Print).ToJsonString();
        Assert.Contains("weight decay 0.01", legend, StringComparison.Ordinal);
        Assert.Contains("weight decay 0.1", legend, StringComparison.Ordinal);
        Assert.Contains("never", legend, StringComparison.Ordinal);
    }

    /// <summary>The figure, after all its charts have been drawn for print and for the page.</summary>
    private static PaperFigure Draw(TemporaryFolder folder, string id)
    {
        var figure = PaperFigures.Read(Reports.Input(folder) with { AnalyzeFolder = null, Figure = id, Command = "./goldilocks run x" }, CancellationToken.None);
        var jobs = new List<RenderJob> { new(id, Composite.Of(figure, Theme.Print), Png: false) };
        foreach (var panel in figure.Panels)
        {
            var interactive = panel.Figure.Interactive();
            (interactive["width"], interactive["config"]) = (300, Theme.Dark.Config());
            jobs.Add(new RenderJob($"{panel.Figure.Id}-page", interactive, Png: false));
        }

        var pictures = new NodeRenderer().Render(jobs, CancellationToken.None).ToArray();
        Assert.Equal(jobs.Count, pictures.Length);
        Assert.All(pictures, picture => Assert.DoesNotContain("NaN", picture.Svg, StringComparison.Ordinal));
        return figure;
    }

    private static string Plain(string text) => text.Replace('\u00a0', ' ').Replace('\u202f', ' ');
}
