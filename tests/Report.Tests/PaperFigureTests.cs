using System.Xml.Linq;
using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

/// <summary>The figures of the paper, made from made-up tables.</summary>
public sealed class PaperFigureTests
{
    private static readonly string[] All = ["fig2", "fig3", "fig4", "fig5"];

    [Fact]
    public void All_pictures_and_charts_compile_and_draw()
    {
        var nobody = PaperTables.Additions.Select(run => run with { RqiStep = null, ExpectedPaper = null, ExpectedReference = null }).ToArray();
        (string Name, PaperFigure Figure)[] figures =
        [
            .. All.Select(id => (id, Make(id))), ("nobody4", Make("fig4", nobody)), ("nobody5", Make("fig5", nobody)), ("one3", Make("fig3", PaperTables.Additions[4])),
            ("one4", Make("fig4", PaperTables.Additions[4])), ("one5", Make("fig5", PaperTables.Additions[4])), ("other3", Make("fig3", new PaperRun(30, 0) { Symbols = 11, Samples = 66 })),
            ("other4", Make("fig4", new PaperRun(30, 0) { Symbols = 11, Samples = 66, RqiStep = 1 })), ("one2", Make("fig2", PaperTables.Planes[4])),
        ];
        var jobs = new List<RenderJob>();
        foreach (var (name, figure) in figures)
        {
            jobs.Add(new RenderJob(name, Composite.Of(figure, Theme.Print), Png: All.Contains(name)));
            foreach (var panel in figure.Panels)
            {
                jobs.Add(new RenderJob($"{name}-{panel.Figure.Id}", panel.Figure.Static(Theme.Print), Png: false));
                var interactive = panel.Figure.Interactive();
                interactive["width"] = 340;
                interactive["config"] = Theme.Dark.Config();
                jobs.Add(new RenderJob($"{name}-{panel.Figure.Id}-page", interactive, Png: false));
            }
        }

        var pictures = new NodeRenderer().Render(jobs, CancellationToken.None).ToDictionary(picture => picture.Id);
        Assert.Equal(jobs.Select(job => job.Id), pictures.Keys);
        Assert.All(pictures.Values, picture => Assert.DoesNotContain("NaN", picture.Svg, StringComparison.Ordinal));
        var words = XDocument.Parse(pictures["fig4"].Svg).Descendants().Where(element => element.Name.LocalName == "text").Select(text => text.Value).ToArray();
        foreach (var title in (string[])["(a) Theory: a unique line?", "(b) Networks: steps to the line", "(c) Theory, paper convention", "(c) Theory, reference convention", "(d) Embedding values during training", "never in 5000 steps"])
            Assert.Contains(title, words);
    }

    [Fact]
    public void Never_has_its_place_in_the_band_and_not_on_the_axis()
    {
        var steps = Make("fig4").Panels.Single(panel => panel.Figure.Id == "steps").Figure.Static(Theme.Print);
        var rows = steps["layer"]!.AsArray().SelectMany(layer => layer!["data"]!["values"]!.AsArray()).Select(row => row!.AsObject()).Where(row => row.ContainsKey("step")).ToArray();
        var never = rows.Where(row => (string)row["step"]! == "never").ToArray();
        // Three runs and two stored ones never got there.
        Assert.Equal(5, never.Length);
        var end = (double)steps["layer"]!.AsArray().Select(layer => layer!["data"]!["values"]![0]!.AsObject()).Single(row => row.ContainsKey("end"))["y"]!;
        Assert.All(never, row => Assert.True((double)row["y"]! > end));
        Assert.All(rows.Except(never), row => Assert.True((double)row["y"]! <= end));
    }

    [Fact]
    public void The_axis_of_steps_ends_before_the_band()
    {
        var axis = new NeverAxis([700, 9000], hasNever: true);
        Assert.Equal((500, 10_000), (axis.From, axis.End));
        Assert.Equal(700, axis.Place(700, 0));
        Assert.InRange(axis.Place(null, 0), axis.End * 1.01, axis.Top);
        Assert.InRange(axis.Place(null, 1), axis.Place(null, 0), axis.Top * 0.99);
        var closed = new NeverAxis([700, 900], hasNever: false, mayBeLinear: true);
        Assert.Equal((0, 1000, 1000), (closed.From, closed.End, closed.Top));
    }

    [Fact]
    public void Figure_2_shows_the_best_of_the_organised_and_the_worst_of_the_others()
    {
        var words = Page("fig2");
        Assert.Contains("Addition: 0 of 1 networks with an unregularised decoder generalised, and 1 of 2 networks with a regularised decoder generalised.", words, StringComparison.Ordinal);
        Assert.Contains("Shown is seed 1, accuracy over all pairs 95 %, the highest of 2 runs; 1 of 2 generalised.", words, StringComparison.Ordinal);
        Assert.Contains("(d) modular addition with a regularised decoder 1 1 100 % 100 % 100 %", words, StringComparison.Ordinal);
        // The symbols were set on the circle at three steps each, so 4 · 3 = 12 = 1 mod 11 are neighbours.
        Assert.Contains("The thread joins the symbols in steps of 4, the shortest way round.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Among_equally_accurate_runs_figure_2_shows_the_one_with_the_most_structure()
    {
        var (add, modular) = (PaperTables.Planes[1], PaperTables.Planes[4]);
        var words = Page("fig2", input => input,
            [.. PaperTables.Planes, add with { Seed = 20, Structure = 0.9 }, add with { Seed = 21, Structure = 0.8 }, modular with { Seed = 30, Structure = 0.6 }, modular with { Seed = 31, Structure = 0.99 }]);
        Assert.Contains("Shown is seed 20, accuracy over all pairs 95 %, the highest of 4 runs", words, StringComparison.Ordinal);
        Assert.Contains("Shown is seed 31, accuracy over all pairs 100 %, the highest of 3 runs", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Figure_3_counts_what_is_equal()
    {
        var words = Page("fig3");
        Assert.Contains("are equal in 8 of 9 runs, and differ by at most 0.018 in the others.", words, StringComparison.Ordinal);
        Assert.Contains("they equal the trainer's in 9 of 9 runs.", words, StringComparison.Ordinal);
        Assert.Contains("Measured accuracy Acc 2 of 3 0.027", words, StringComparison.Ordinal);
        Assert.Contains("Nullity 3 of 3 0", words, StringComparison.Ordinal);
        Assert.Contains("Permissible parallelograms |P₀(D)| 2 of 3 10", words, StringComparison.Ordinal);
        Assert.Contains("30 0.545 3 0.7333 0.7333 0.9667 3 of 3", words, StringComparison.Ordinal);
        Assert.Contains("The authors' stored runs 3", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_an_analysis_the_trainers_accuracies_stand_and_other_draws_are_not_compared()
    {
        var words = Page("fig3", input => input with { AnalyzeFolder = null }, PaperTables.Additions[0] with { Convention = "paper" });
        Assert.Contains("Accuracies are the trainer's own", words, StringComparison.Ordinal);
        Assert.Contains("They are not compared with the authors' stored runs: these runs do not draw", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Figure_4_tells_both_transitions()
    {
        var words = Page("fig4");
        // Between 20 (0.2) and 30 (0.7) of 55: (20 + 10 · 0.3 / 0.5) / 55.
        Assert.Contains("from a fraction of 0.473 of all pairs on.", words, StringComparison.Ordinal);
        Assert.Contains("more than half formed it at every size from 0.545 on (6 of 9 runs in all).", words, StringComparison.Ordinal);
        Assert.Contains("10 0.182 0.0000 0.0000 to 0.0300 0.0000 3 1 never never, never", words, StringComparison.Ordinal);
        Assert.Contains("30 0.545 0.7000 0.6700 to 0.7300 0.6930 3 2 2000 –", words, StringComparison.Ordinal);
        Assert.Contains("reference 6000 4 9.9·10⁻³ 9 10 11.1 % 6·10⁻¹² 550 1650", words, StringComparison.Ordinal);
        Assert.Contains("3 nₕ = 72,000 steps, beyond the 6000 steps shown.", words, StringComparison.Ordinal);
        Assert.Contains("45 training pairs. Reference convention", words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_recorded_run_is_the_one_with_most_steps()
    {
        var figure = Make("fig4").Panels.Single(panel => panel.Letter == 'd').Figure;
        Assert.Contains("seed 2", figure.Provenance, StringComparison.Ordinal);
        Assert.Equal(41 * 10, figure.Static(Theme.Print)["data"]!["values"]!.AsArray().Count);
    }

    [Fact]
    public void Figure_5_ranks_and_crosses()
    {
        var words = Page("fig5");
        // Predicted 7000 8000 5000 6000 6500 and measured 800 2000 750 700 900: ranks 4 5 1 2 3 and 3 5 2 1 4, squares 1 + 0 + 1 + 1 + 1.
        Assert.Contains("paper 5 0.8", words, StringComparison.Ordinal);
        Assert.Contains("6 of 9 networks formed the line.", words, StringComparison.Ordinal);
        Assert.Contains("Unique line 5 1 6", words, StringComparison.Ordinal);
        Assert.Contains("No unique line 1 2 3", words, StringComparison.Ordinal);
        // 45 pairs: draws 20 to 100 have the rate draw · 45e-5, the others 0; the median is draw 50.
        Assert.Contains("45 0.818 101 19.8 % 0 0.0225", words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fig2", "analyze", "decoder_map")]
    [InlineData("fig3", "theory", "stored_runs")]
    [InlineData("fig4", "theory", "critical")]
    [InlineData("fig4", "theory", "trajectories")]
    [InlineData("fig4", "theory", "invariants")]
    [InlineData("fig5", "theory", "rates")]
    [InlineData("fig5", "train", "runs")]
    public void A_missing_table_is_named_with_its_stage(string id, string stage, string table)
    {
        using var folder = new TemporaryFolder();
        PaperTables.Write(folder, Runs(id));
        File.Delete(folder.Inner(stage, $"{table}.parquet"));
        var message = Assert.Throws<GoldilocksException>(() => PaperFigures.Read(Input(folder, id), CancellationToken.None)).Message;
        Assert.Contains($"{table}.parquet: no such file. The report needs the folder that the {stage} stage wrote.", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void A_missing_folder_and_an_unknown_figure_are_one_line_each()
    {
        using var folder = new TemporaryFolder();
        PaperTables.Write(folder, PaperTables.Additions);
        string Complaint(ReportInput input) => Assert.Throws<GoldilocksException>(() => ReportStage.Run(input, folder.Inner("report"), null, CancellationToken.None)).Message;
        Assert.Equal("critical.parquet: the report was given no folder of the theory stage, which writes it. Name that folder.", Complaint(Input(folder, "fig4") with { TheoryFolder = null }));
        Assert.Equal("there is no figure \"fig44\". Did you mean \"fig4\"?", Complaint(Input(folder, "fig44")));
    }

    [Fact]
    public void Runs_that_do_not_belong_together_are_refused()
    {
        string Complaint(string id, params PaperRun[] runs) => Assert.Throws<GoldilocksException>(() => Make(id, runs)).Message;
        Assert.Contains("holds runs of several p", Complaint("fig3", new PaperRun(5, 0), new PaperRun(5, 1) { Symbols = 11 }), StringComparison.Ordinal);
        Assert.Contains("a run of the operation modular_add", Complaint("fig5", new PaperRun(5, 0) { Operation = "modular_add" }), StringComparison.Ordinal);
        Assert.Contains("a run with rqi_threshold = 0.8; this figure counts by the paper's 0.95", Complaint("fig4", new PaperRun(5, 0) { RqiThreshold = 0.8 }), StringComparison.Ordinal);
        Assert.Contains("critical.parquet: holds nothing for p = 12", Complaint("fig4", new PaperRun(5, 0) { Symbols = 12 }), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fig2")]
    [InlineData("fig3")]
    [InlineData("fig4")]
    [InlineData("fig5")]
    public void Texts_cannot_become_markup_and_no_folder_is_named(string id)
    {
        const string attack = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)>";
        using var folder = new TemporaryFolder();
        PaperTables.Write(folder, [.. Runs(id).Select(run => run with { Recipe = attack, Convention = attack })]);
        var input = Input(folder, id) with { Title = attack, Command = attack, Environment = [new(attack, attack)] };
        var page = new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), page, StringComparison.Ordinal);
        Assert.Contains("../train/runs.parquet", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_stage_writes_the_page_and_all_pictures()
    {
        using var folder = new TemporaryFolder();
        PaperTables.Write(folder, PaperTables.Additions);
        var summary = ReportStage.Run(Input(folder, "fig3"), folder.Inner("report"), null, CancellationToken.None);
        Assert.Equal(["figures/fig3.svg", "figures/fig3.png", "figures/measured.svg", "figures/measured.png", "figures/predicted.svg", "figures/predicted.png", "figures/agreement.svg", "figures/agreement.png"], summary.Figures);
        Assert.Equal(9, summary.Runs);
        Assert.All(summary.Figures.Append(summary.Page), file => Assert.True(File.Exists(folder.Inner("report", file))));
    }

    internal static IReadOnlyList<PaperRun> Runs(string id) => id == "fig2" ? PaperTables.Planes : PaperTables.Additions;

    internal static ReportInput Input(TemporaryFolder folder, string id) => Reports.Input(folder) with { TheoryFolder = folder.Inner("theory"), Figure = id, Command = "./goldilocks run paper" };

    private static PaperFigure Make(string id, params PaperRun[] runs)
    {
        using var folder = new TemporaryFolder();
        PaperTables.Write(folder, runs.Length > 0 ? runs : Runs(id));
        return PaperFigures.Read(Input(folder, id), CancellationToken.None);
    }

    private static string Page(string id, Func<ReportInput, ReportInput>? change = null, params PaperRun[] runs)
    {
        using var folder = new TemporaryFolder();
        PaperTables.Write(folder, runs.Length > 0 ? runs : Runs(id));
        var input = change is null ? Input(folder, id) : change(Input(folder, id));
        return Reports.Words(new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write());
    }
}
