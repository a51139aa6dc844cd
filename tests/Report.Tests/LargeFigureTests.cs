using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

/// <summary>The figures of transformers and digits, made from made-up tables.</summary>
public sealed class LargeFigureTests
{
    [Fact]
    public void All_pictures_and_charts_compile_and_draw()
    {
        (string Name, PaperFigure Figure)[] figures =
        [
            .. ((string[])["fig7a", "fig7b", "fig8", "fig20"]).Select(id => (id, LargeTables.Figure(id))),
            ("nobody7a", LargeTables.Figure("fig7a", LargeTables.Runs("fig7a")[0] with { TrainStep = null, ValidationStep = null })),
            ("nobody7b", LargeTables.Figure("fig7b", [.. LargeTables.Runs("fig7b").Select(Nobody)])), ("one7b", LargeTables.Figure("fig7b", LargeTables.Runs("fig7b")[0])),
            ("nobody8", LargeTables.Figure("fig8", [.. LargeTables.Runs("fig8").Select(Nobody)])),
            ("nobody20", LargeTables.Figure("fig20", [.. LargeTables.Runs("fig20").Select(Nobody)])), ("one20", LargeTables.Figure("fig20", LargeTables.Runs("fig20")[0])),
            ("transformers", LargeTables.Figure("phases", [.. LargeTables.Runs("fig7b").Select(run => run with { Seed = 1 })])),
        ];
        var jobs = new List<RenderJob>();
        foreach (var (name, figure) in figures)
        {
            jobs.Add(new RenderJob(name, Composite.Of(figure, Theme.Print), Png: name.StartsWith("fig", StringComparison.Ordinal)));
            foreach (var panel in figure.Panels)
            {
                jobs.Add(new RenderJob($"{name}-{panel.Figure.Id}", panel.Figure.Static(Theme.Print), Png: false));
                var interactive = panel.Figure.Interactive();
                (interactive["width"], interactive["config"]) = (340, Theme.Dark.Config());
                jobs.Add(new RenderJob($"{name}-{panel.Figure.Id}-page", interactive, Png: false));
            }
        }

        var pictures = new NodeRenderer().Render(jobs, CancellationToken.None).ToDictionary(picture => picture.Id);
        Assert.Equal(jobs.Select(job => job.Id), pictures.Keys);
        Assert.All(pictures.Values, picture => Assert.DoesNotContain("NaN", picture.Svg, StringComparison.Ordinal));
    }

    [Fact]
    public void Effective_dimension_is_told_at_the_start_at_generalisation_and_at_the_end()
    {
        var words = LargeTables.Words("fig7a");
        Assert.Contains(
            "3 of 3 networks generalised, at step 4000 in the median. The median effective dimension of the embeddings is 11 at the start, 13 at generalisation and 7 at step 20,000: it grows up to generalisation and falls below its first value afterwards, as the paper says.",
            words, StringComparison.Ordinal);
        Assert.Contains("Generalisation (validation > 99 %) 4000 3 13 12.5 13.5 12 14", words, StringComparison.Ordinal);
        Assert.Contains("These runs have 31 symbols in 128 dimensions, so not the numbers but their course can be compared.", words, StringComparison.Ordinal);
        Assert.Contains("min(p − 1, D) = 30 dimensions", words, StringComparison.Ordinal);
        // Only the first run gets there.
        var never = LargeTables.Words("fig7a", [.. LargeTables.Runs("fig7a").Select(run => run.Seed == 0 ? run : Nobody(run))]);
        Assert.Contains("1 of 3 networks generalised. Of these, the median effective dimension of the embeddings is 10 at the start, 12 at generalisation and 6 at step 20,000", never, StringComparison.Ordinal);
        Assert.Contains("Generalisation (validation > 99 %) never 1 12 12 12 12 12", never, StringComparison.Ordinal);
    }

    [Fact]
    public void The_band_holds_the_quartiles_over_seeds()
    {
        var spec = LargeTables.Figure("fig7a").Panels.Single().Figure.Static(Theme.Print);
        var band = spec["layer"]![1]!["data"]!["values"]!.AsArray().Select(row => row!.AsObject()).Single(row => (long)row["x"]! == 4000);
        Assert.Equal((12.5, 13.0, 13.5), ((double)band["low"]!, (double)band["y"]!, (double)band["high"]!));
        // Three runs of ten steps each; step 0 has no place on a logarithmic axis.
        Assert.Equal(30, spec["layer"]![0]!["data"]!["values"]!.AsArray().Count);
    }

    [Fact]
    public void Dropout_is_judged_by_the_median_run_and_never_is_later_than_every_step()
    {
        var words = LargeTables.Words("fig7b");
        Assert.Contains("6 of 9 runs reach validation accuracy > 99 %. The median run takes 5000 steps with dropout 0, and is fastest with dropout 0.2 (1000 steps): 5 times as fast.", words, StringComparison.Ordinal);
        Assert.Contains("0 3 3 of 3 120 2 of 3 5000 3000 5000 3880", words, StringComparison.Ordinal);
        Assert.Contains("0.5 3 2 of 3 900 1 of 3 never 1900 1900 1000", words, StringComparison.Ordinal);
        Assert.Contains("fastest with the least dropout, 0.2 (1000 steps)", LargeTables.Words("fig7b", [.. LargeTables.Runs("fig7b").Where(run => run.Dropout > 0)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Never_has_its_place_in_the_band()
    {
        var layers = LargeTables.Figure("fig7b").Panels.Single().Figure.Static(Theme.Print)["layer"]!.AsArray();
        var end = (double)layers.Select(layer => layer!["data"]!["values"]![0]!.AsObject()).Single(row => row.ContainsKey("end"))["y"]!;
        var rows = layers.SelectMany(layer => layer!["data"]!["values"]!.AsArray()).Select(row => row!.AsObject()).Where(row => row.ContainsKey("step")).ToArray();
        Assert.Equal(18, rows.Length);
        Assert.Equal(4, rows.Count(row => (string)row["step"]! == "never"));
        Assert.All(rows, row => Assert.Equal((string)row["step"]! == "never", (double)row["y"]! > end));
    }

    [Fact]
    public void Figure_8_draws_its_curves_from_one_run_and_its_map_from_the_others()
    {
        var figure = LargeTables.Figure("fig8");
        Assert.Equal(["accuracy", "loss", "phase-map", "train-steps", "validation-steps", "gap", "ratio"], figure.Panels.Select(panel => panel.Figure.Id));
        var words = LargeTables.Words("fig8");
        Assert.Contains("knew more than 90 % of its 1000 training images after 1500 steps, and more than 60 % of the 2000 images it had never been shown only after 30,000, 28,500 steps later. That is grokking", words, StringComparison.Ordinal);
        Assert.Contains("Over decoder_lr and weight_decay: 1 cell of comprehension, 2 of grokking, 2 of memorization, 2 of confusion.", words, StringComparison.Ordinal);
        Assert.Contains("Training accuracy threshold > 90 % Validation accuracy threshold > 60 % Delay", words, StringComparison.Ordinal);
        Assert.Contains("Cells with a run 7 of 8", words, StringComparison.Ordinal);
        Assert.Contains("decoder_lr = 0.02 and weight_decay = 0.1", words, StringComparison.Ordinal);
        // Both thresholds are drawn.
        var lines = figure.Panels.First().Figure.Static(Theme.Print)["layer"]!.AsArray().Where(layer => (string?)layer!["mark"]!["type"] == "rule" && layer["data"] is not null && layer["encoding"]!["y"] is not null);
        Assert.Equal([90.0, 60.0], lines.Select(layer => (double)layer!["data"]!["values"]![0]!["value"]!));
    }

    [Fact]
    public void Figure_20_compares_the_ends_of_each_line()
    {
        var words = LargeTables.Words("fig20");
        Assert.Contains(
            "7 of 9 runs reach validation accuracy > 60 %. At 2 of 2 weight decays that have a median at two sizes or more, it takes fewer steps with the most images than with the fewest. " +
            "The largest change is at weight decay 0.3: 8000 steps with 256 images, 1000 with 4096.", words, StringComparison.Ordinal);
        Assert.Contains("Weight decay 256 1024 4096 0 never – – 0.01 15,000 9000 3000 0.3 8000 5000 1000", words, StringComparison.Ordinal);
        Assert.Contains("0.01 14,700 8100 -1000 0.3 7700 3675 -1000", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Runs_that_a_figure_cannot_use_are_refused_in_one_line()
    {
        string Complaint(string id, params IReadOnlyList<LargeRun> runs) => Assert.Throws<GoldilocksException>(() => LargeTables.Figure(id, runs)).Message;
        Assert.Contains("holds runs of several p or embedding_dimension", Complaint("fig7a", new LargeRun("transformer"), new LargeRun("transformer") { Symbols = 23 }), StringComparison.Ordinal);
        Assert.Contains("every run recorded curves", Complaint("fig8", new LargeRun("mnist")), StringComparison.Ordinal);
        Assert.Contains("no run recorded more than its first and last step", Complaint("fig8", new LargeRun("mnist") { Recorded = false }), StringComparison.Ordinal);
        Assert.Contains("a row has no weight_decay", Complaint("fig20", new LargeRun("transformer")), StringComparison.Ordinal);
    }

    [Fact]
    public void Phase_maps_of_digits_and_transformers_have_their_own_words()
    {
        var transformers = LargeTables.Words("phases", [.. LargeTables.Runs("fig7b")]);
        Assert.Contains("Over dropout:", transformers, StringComparison.Ordinal);
        Assert.Contains("an accuracy is reached when > 99 % within the 10,000 steps", transformers, StringComparison.Ordinal);
        Assert.DoesNotContain("ideal accuracy", transformers, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("RQI", transformers, StringComparison.Ordinal);
        var digits = LargeTables.Words("phases", [.. LargeTables.Runs("fig8").Where(run => !run.Recorded)]);
        Assert.Contains("Figure 8 (right) of the paper, mnist", digits, StringComparison.Ordinal);
        Assert.Contains("the training accuracy is reached when > 90 % and the validation accuracy when > 60 %, both within the 20,000 steps", digits, StringComparison.Ordinal);
        Assert.Contains("First step with validation accuracy > 60 %", digits, StringComparison.Ordinal);
        Assert.Contains("a threshold counts above 90 % (training) or 60 % (validation);", digits, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("weight_decay", "Weight decay")]
    [InlineData("decoder_lr", "Decoder learning rate")]
    [InlineData("train_fraction", "Training data fraction")]
    [InlineData("p", "Symbols p")]
    public void Axes_are_named_in_words(string parameter, string title) => Assert.Equal(title, new SweepAxis(parameter, [1.0, 2.0]).Title);

    private static LargeRun Nobody(LargeRun run) => run with { TrainStep = null, ValidationStep = null };
}
