using System.Text.Json.Nodes;
using System.Xml.Linq;
using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

/// <summary>The page of phase maps, made from made-up sweeps.</summary>
public sealed class PhaseFigureTests
{
    private static readonly SweepRun Run = new(1e-3, 5);

    [Fact]
    public void All_pictures_and_charts_compile_and_draw()
    {
        double[] decays = [0, 1, 2, 3, 5, 10, 20, 30, 50, 100, 200];
        (string Name, PaperFigure Figure)[] figures =
        [
            ("one", SweepTables.Figure(SweepRun.Map())), ("five", SweepTables.Figure(SweepRun.Map(5))), ("holes", SweepTables.Figure([.. SweepRun.Map().Where((_, i) => i % 7 != 3)])),
            ("ordinal", SweepTables.Figure([.. decays.SelectMany(decay => (SweepRun[])[new SweepRun(1e-4, decay).At(5, null), new SweepRun(1e-2, decay).At(null, 7)])])),
            ("strip", SweepTables.Figure([.. Enumerable.Range(-5, 4).Select(power => new SweepRun(Math.Pow(10, power), 0).At(3, 30))])),
            ("confused", SweepTables.Figure(new SweepRun(1e-4, 0), new SweepRun(1e-3, 1), new SweepRun(1e-3, 1) { Seed = 1 })),
            ("words", SweepTables.Figure(Run.At(0, 0), Run with { Loss = "cross_entropy" }, Run with { Seed = 1, Ideal = null })),
            ("many", SweepTables.Figure([.. Enumerable.Range(0, 40).SelectMany(seed => (SweepRun[])[Run with { Seed = seed }, new SweepRun(1e-2, 5, seed).At(5, seed)])])),
            ("varying", SweepTables.Figure(Run.At(1, 2), new SweepRun(1e-2, 5) { Ideal = 0.5 }, Run with { Seed = 1 })),
        ];
        var jobs = new List<RenderJob>();
        foreach (var (name, figure) in figures)
        {
            jobs.Add(new RenderJob(name, Composite.Of(figure, Theme.Print), Png: name == "five"));
            foreach (var panel in figure.Panels)
            {
                jobs.Add(new RenderJob($"{name}-{panel.Figure.Id}", panel.Figure.Static(Theme.Print), Png: false));
                var interactive = panel.Figure.Interactive();
                (interactive["width"], interactive["config"]) = (300, Theme.Dark.Config());
                jobs.Add(new RenderJob($"{name}-{panel.Figure.Id}-page", interactive, Png: false));
            }
        }

        var pictures = new NodeRenderer().Render(jobs, CancellationToken.None).ToDictionary(picture => picture.Id);
        Assert.All(pictures.Values, picture => Assert.DoesNotContain("NaN", picture.Svg, StringComparison.Ordinal));
        var drawn = XDocument.Parse(pictures["one-phase-map"].Svg).Descendants().ToArray();
        // Each cell is one rectangle of one of the phases' colours; their legends are squares of the same colours.
        var fills = drawn.Where(element => element.Parent?.Attribute("class")?.Value.Contains("mark-rect", StringComparison.Ordinal) == true).Select(element => element.Attribute("fill")!.Value).ToArray();
        Assert.Equal(16 * 11, fills.Length);
        Assert.All(fills, fill => Assert.Contains(fill, PhaseKind.All.Select(PhaseKind.Colour)));
        string[] texts = [.. drawn.Where(element => element.Name.LocalName == "text").Select(text => text.Value)];
        foreach (var text in (string[])["1e-5", "1e-4", "1e-3", "1e-2", "0", "20", "Decoder learning rate (logarithmic)", "Decoder weight decay"]) Assert.Contains(text, texts);
    }

    [Fact]
    public void The_map_holds_one_cell_per_run_on_even_scales()
    {
        var map = Spec(SweepTables.Figure(SweepRun.Map()), "phase-map");
        var layer = map["layer"]!.AsArray().Single()!;
        var (x, y) = (layer["encoding"]!["x"]!, layer["encoding"]!["y"]!);
        Assert.Equal(("log", "linear"), ((string)x["scale"]!["type"]!, (string)y["scale"]!["type"]!));
        Assert.Equal(-5.1, Math.Log10((double)x["scale"]!["domain"]![0]!), 1e-9);
        Assert.Equal(-1.9, Math.Log10((double)x["scale"]!["domain"]![1]!), 1e-9);
        Assert.Equal([-1.0, 21.0], y["scale"]!["domain"]!.AsArray().Select(edge => (double)edge!));
        var rows = layer["data"]!["values"]!.AsArray();
        Assert.Equal(176, rows.Count);
        var runs = SweepRun.Map().ToDictionary(run => run.Id[..12]);
        foreach (var row in rows)
        {
            var run = runs[(string)row!["run"]!];
            Assert.InRange(run.DecoderLr, (double)row["x"]!, (double)row["x2"]!);
            Assert.Equal((run.DecoderWeightDecay - 1, run.DecoderWeightDecay + 1), ((double)row["y"]!, (double)row["y2"]!));
            Assert.StartsWith($"{run.Phase} (", (string)row["colour"]!, StringComparison.Ordinal);
        }

        // 16 by 11 squares.
        Assert.Equal(16.0 / 11, (double)(int)map["width"]! / (int)map["height"]!, 0.01);
    }

    [Fact]
    public void The_legend_counts_cells_and_names_blank_ones()
    {
        var map = Spec(SweepTables.Figure(new SweepRun(1e-3, 10).At(5, null), new SweepRun(1e-4, 0).At(5, null), new SweepRun(1e-3, 0).At(null, 5)), "phase-map");
        var scale = map["layer"]![0]!["encoding"]!["color"]!["scale"]!;
        Assert.Equal(["comprehension (0)", "grokking (0)", "memorization (2)", "confusion (0)", "undefined (1)", "no run (1)"], scale["domain"]!.AsArray().Select(name => (string)name!));
        Assert.Equal([.. PhaseKind.All.Select(PhaseKind.Colour), "transparent"], scale["range"]!.AsArray().Select(colour => (string)colour!));
        Assert.Equal(3, map["layer"]![0]!["data"]!["values"]!.AsArray().Count);
    }

    [Fact]
    public void Unevenly_spaced_values_have_equal_bands_with_large_above()
    {
        double[] decays = [0, 1, 2, 3, 5, 10, 20, 200];
        var map = Spec(SweepTables.Figure([.. decays.SelectMany(decay => (SweepRun[])[new(1e-4, decay), new(1e-2, decay)])]), "phase-map");
        var y = map["layer"]![0]!["encoding"]!["y"]!;
        Assert.Equal("ordinal", (string)y["type"]!);
        Assert.Equal(["200", "20", "10", "5", "3", "2", "1", "0"], y["scale"]!["domain"]!.AsArray().Select(label => (string)label!));
        Assert.Equal(["1e-4", "0.01"], map["layer"]![0]!["encoding"]!["x"]!["scale"]!["domain"]!.AsArray().Select(label => (string)label!));
        Assert.Null(map["layer"]![0]!["encoding"]!["y2"]);
    }

    [Fact]
    public void Steps_have_logarithmic_colours_and_never_has_its_own()
    {
        var figure = SweepTables.Figure(new SweepRun(1e-3, 10).At(30, null), new SweepRun(1e-4, 0).At(400, 4500), new SweepRun(1e-3, 0).At(0, 0));
        foreach (var (id, values, never) in (ReadOnlySpan<(string, double[], int)>)[("train-steps", [400, 1, 30], 0), ("validation-steps", [400, 1], 1), ("gap", [4100, 0], 1), ("ratio", [4501 / 401.0, 1], 1)])
        {
            var layers = Spec(figure, id)["layer"]!.AsArray();
            var colour = layers[0]!["encoding"]!["color"]!;
            double[] found = [.. layers[0]!["data"]!["values"]!.AsArray().Select(row => (double)row!["value"]!)];
            Assert.Equal(id == "validation-steps" ? [4500, 1] : values, found);
            Assert.Equal(id == "gap" ? "symlog" : "log", (string)colour["scale"]!["type"]!);
            var absent = layers[1]!;
            Assert.Equal(never, absent["data"]!["values"]!.AsArray().Count);
            // One place has no run; grey is a colour apart from the ramps.
            Assert.Equal("no run (1)", (string)absent["encoding"]!["fill"]!["scale"]!["domain"]!.AsArray()[^1]!);
            if (never > 0) Assert.Equal(ValueMapFigure.AbsentColour, (string)absent["encoding"]!["fill"]!["scale"]!["range"]![0]!);
        }

        // Training and validation have the same colours: 1 to 5000 steps.
        foreach (var id in (ReadOnlySpan<string>)["train-steps", "validation-steps"])
            Assert.Equal([1.0, 5000.0], Spec(figure, id)["layer"]![0]!["encoding"]!["color"]!["scale"]!["domain"]!.AsArray().Select(end => (double)end!));
    }

    [Fact]
    public void Several_seeds_have_maps_of_probabilities_and_one_seed_has_none()
    {
        Assert.Equal(["phase-map", "train-steps", "validation-steps", "gap", "ratio"], SweepTables.Figure(SweepRun.Map()).Panels.Select(panel => panel.Figure.Id));
        var several = SweepTables.Figure(
            Run.At(5, 6), (Run with { Seed = 1, Ideal = 0.9 }).At(5, null), (Run with { Seed = 2 }).At(5, 6), (Run with { Seed = 3 }).At(5, 6), new SweepRun(1e-2, 5).At(5, null));
        Assert.Equal(
            ["phase-map", "train-steps", "validation-steps", "gap", "ratio", "spread", "share-comprehension", "share-memorization", "seeds", "split-shares"], several.Panels.Select(panel => panel.Figure.Id));
        var share = Spec(several, "share-comprehension")["layer"]![0]!;
        Assert.Equal([0.75, 0.0], share["data"]!["values"]!.AsArray().Select(row => (double)row!["value"]!));
        Assert.Equal([0.0, 1.0], share["encoding"]!["color"]!["scale"]!["domain"]!.AsArray().Select(end => (double)end!));
        var bars = Spec(several, "split-shares")["layer"]![0]!["data"]!["values"]!.AsArray();
        Assert.Equal(["all comprehension 3 of 5", "all memorization 2 of 5", "ideal 1 comprehension 3 of 4", "ideal 1 memorization 1 of 4", "below 1 memorization 1 of 1"], bars.Select(bar => $"{bar!["group"]} {bar["phase"]} {bar["runs"]}"));
        Assert.DoesNotContain("seeds", SweepTables.Figure(Run, Run with { Seed = 1, Ideal = null }, new SweepRun(1e-2, 5)).Panels.Select(panel => panel.Figure.Id));
    }

    [Fact]
    public void The_page_tells_the_numbers()
    {
        var words = Page(
            Run.At(99, 199), (Run with { Seed = 1, Ideal = 0.9 }).At(9, null), (Run with { Seed = 2 }).At(9, 1999), (Run with { DecoderWeightDecay = 0 }).At(99, 2099), new SweepRun(1e-2, 5).At(null, null));
        Assert.Contains("Figure 6 (b) of the paper, toy-addition", words, StringComparison.Ordinal);
        // Each of three phases once in the first cell: a tie, which goes to comprehension.
        Assert.Contains("Over decoder_lr and decoder_weight_decay: 1 cell of comprehension, 1 of grokking, 1 of confusion, each cell by the most frequent phase of its runs.", words, StringComparison.Ordinal);
        Assert.Contains("Where networks grokked, validation came 1995 steps after training in the median.", words, StringComparison.Ordinal);
        Assert.Contains("The training set implies every answer for 2 of 3 seeds.", words, StringComparison.Ordinal);
        Assert.Contains("grokking 2 40 % 1 memorization 1 20 % 0 confusion 1 20 % 1", words, StringComparison.Ordinal);
        // Gaps 1990 and 2000; ratios 2000/10 and 2100/100.
        Assert.Contains("comprehension 1 100 100 100 2 2 2 grokking 2 1995 1990 2000 110.5 21 200 all 3 1990 100 2000 21 2 200", words, StringComparison.Ordinal);
        Assert.Contains("memorization 1 of 5 (20 %) 0 of 4 (0 %) 1 of 1 (100 %)", words, StringComparison.Ordinal);
        Assert.Contains("Accuracy threshold ≥ 90 % RQI threshold > 0.95 Delay from which on it is grokking 1000 steps Step budget 10,000 steps Runs 5 Cells with a run 3 of 4 Runs in a cell 1 to 3", words, StringComparison.Ordinal);
        Assert.Contains("an accuracy is reached when ≥ 90 % within the 10,000 steps of a run (Table 1 has 100,000); validation fewer than 1000 steps after training is comprehension", words, StringComparison.Ordinal);
        Assert.Contains("at step t, accuracies and RQI are those after the update of that step, losses those before it.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("measured_later", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_that_the_paper_does_not_show_is_not_given_its_name()
    {
        var words = Page(Run.At(1, null), Run with { Loss = "cross_entropy" });
        Assert.DoesNotContain("Figure 6", words, StringComparison.Ordinal);
        Assert.Contains("No run reached both accuracies, so none has a delay.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_cannot_become_markup_and_no_folder_is_named()
    {
        const string attack = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)>";
        using var folder = new TemporaryFolder();
        SweepTables.Write(folder.Inner("train"), [Run with { Recipe = attack }, Run with { Loss = attack, Recipe = attack }]);
        var input = SweepTables.Input(folder) with { Title = attack, Command = attack };
        var page = new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stage_refuses_runs_that_are_no_sweep()
    {
        using var folder = new TemporaryFolder();
        SweepTables.Write(folder.Inner("train"), [Run]);
        Assert.StartsWith(
            "runs.parquet: no parameter but the seed varies between the 1 run;",
            Assert.Throws<GoldilocksException>(() => ReportStage.Run(SweepTables.Input(folder), folder.Inner("report"), null, CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    private static JsonObject Spec(PaperFigure figure, string id) => figure.Panels.Single(panel => panel.Figure.Id == id).Figure.Static(Theme.Print);

    private static string Page(params SweepRun[] runs)
    {
        using var folder = new TemporaryFolder();
        SweepTables.Write(folder.Inner("train"), runs);
        var input = SweepTables.Input(folder);
        return Reports.Words(new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write());
    }
}
