using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

/// <summary>The pages of principal components, made from made-up tables.</summary>
public sealed class PrincipalFigureTests
{
    [Fact]
    public void Symbols_stand_on_a_circle_in_steps_of_the_inverse_frequency()
    {
        var circle = new Circle(3, 11);
        Assert.Equal(4, circle.Stride);
        Assert.Equal([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 0], circle.Path);
        Assert.Equal(Enumerable.Range(0, 11), circle.Path.Take(11).Select(circle.Place));
        Assert.Equal(0.2, circle.Chance, 12);
        Assert.Null(new Circle(2, 10).Stride);
        Assert.Empty(new Circle(2, 10).Path);
        Assert.Equal(1 / 9.0, new Circle(5, 10).Chance, 12);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(10)]
    public void Shares_of_all_frequencies_sum_to_one_and_a_circle_has_all_of_its_own(int symbols)
    {
        var random = new Random(1);
        var noise = new EmbeddingHistory([0], [[.. Enumerable.Range(0, 2 * symbols).Select(_ => random.NextDouble() + 3)]], 2);
        Assert.Equal(1, Enumerable.Range(1, symbols / 2).Sum(frequency => new Circle(frequency, symbols).Share(noise, 0)), 10);
        var ring = new EmbeddingHistory([0], [[.. Enumerable.Range(0, symbols).SelectMany(x => (double[])[Math.Cos(6 * Math.PI * x / symbols), Math.Sin(6 * Math.PI * x / symbols)])]], 2);
        Assert.Equal(1, new Circle(3, symbols).Share(ring, 0), 10);
        Assert.Equal(0, new Circle(1, symbols).Share(ring, 0), 10);
        Assert.Equal(double.NaN, new Circle(1, symbols).Share(new EmbeddingHistory([0], [new double[2 * symbols]], 2), 0));
    }

    [Fact]
    public void Figure_1_tells_when_it_generalised_and_what_was_there_at_the_start()
    {
        var words = Page("fig1");
        Assert.Contains("The network generalised at step 250, 170 steps after it had learned its training pairs. Its embedding's effective dimension went from 9.5 to 4.5. At the end frequency 3 carries 50 % of the variance, the most of all; in the first two components it carries 100 %. On the final axes 40 % of the first checkpoint's variance is in that frequency, where an embedding without order has 20 % on average.", words, StringComparison.Ordinal);
        // The checkpoints after steps 80 and 250; of 4 in 8 components half of 98 %.
        Assert.Contains("0 10 % 5 % 9.54 40 % 40 % 1.3 % 2.5 % 5 % 100 100 % 5 % 9.04 46 % 46 % 1.3 % 2.5 % 5 % 300 100 % 98 % 8.04 58 % 58 % 24.5 % 49 % 98 % 1000", words, StringComparison.Ordinal);
        Assert.Contains("x and x + 4 modulo 11", words, StringComparison.Ordinal);
        Assert.Contains("3 (50 %), 5 (25 %); in the first two components: 3 (100 %).", words, StringComparison.Ordinal);
        Assert.Contains("1 80 never 1000", words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_that_never_generalised_has_its_words_and_fewer_moments()
    {
        var never = new PrincipalRun(0) { ValidationStep = null };
        Assert.Contains("In 1000 steps the network did not generalise, though it had learned its training pairs by step 80.", Page("fig1", never), StringComparison.Ordinal);
        Assert.Contains("In 1000 steps the network did not generalise. Its", Page("fig1", never with { TrainStep = null }), StringComparison.Ordinal);
        Assert.Equal(["Step 0", "Step 100", "Step 1000"], Make("fig1", never).Rows[0].Select(panel => panel.Figure.Title));
        Assert.Equal(3, Make("fig1", never with { IsReduced = false }).Rows.Count);
    }

    [Fact]
    public void The_post_is_compared_seed_by_seed()
    {
        var words = Page("blog");
        Assert.Contains("With weight decay 0.03 the median network has learned its training pairs at step 15 and generalises at step 700 (3 seeds; in the post about 3600), with weight decay 5 the median network has learned its training pairs at step 45 and generalises at step 95 (3 seeds; in the post about 90).", words, StringComparison.Ordinal);
        Assert.Contains("0.03 3 15 (15 to 15) about 15 700 (300 to never) about 3600 5 3 45 (45 to 45) about 45 95 (90 to 100) about 90", words, StringComparison.Ordinal);
        Assert.Contains("frequencies with a tenth or more of the variance are 3 (50 %), 5 (25 %) in all components, and 3 (100 %) in the first two.", words, StringComparison.Ordinal);
        Assert.Contains("0.03 0 3 (50 %), 5 (25 %) 3 (100 %) 40 % 5 0 1 (50 %), 5 (25 %) 1 (100 %) 40 %", words, StringComparison.Ordinal);
        Assert.Equal(["grokking", "animation", "frequencies"], Make("blog", [.. PrincipalTables.Posts.Take(3)]).Panels.Select(panel => panel.Figure.Id));
    }

    [Fact]
    public void The_slider_goes_through_all_checkpoints_and_the_picture_shows_the_last()
    {
        var figure = Make("blog").Panels.Single(panel => panel.Figure.Id == "animation").Figure;
        var page = figure.Interactive();
        Assert.Equal(4, (int)page["params"]![0]!["bind"]!["max"]!);
        Assert.Equal(PrincipalRun.Checkpoints, page["data"]!["values"]!.AsArray().Select(row => (long)row!["step"]!).Distinct());
        var picture = figure.Static(Theme.Print);
        Assert.False(picture.ContainsKey("params"));
        Assert.Equal([1000L], picture["data"]!["values"]!.AsArray().Select(row => (long)row!["step"]!).Distinct());
    }

    [Fact]
    public void All_pictures_and_charts_compile_and_draw()
    {
        (string Name, PaperFigure Figure)[] figures =
        [
            ("fig1", Make("fig1")), ("blog", Make("blog")), ("one", Make("blog", PrincipalTables.Posts[2])), ("never", Make("fig1", new PrincipalRun(0) { ValidationStep = null, TrainStep = null, IsReduced = false })),
            ("even", Make("fig1", new PrincipalRun(0) { Symbols = 10, Frequency = 2 })),
        ];
        var jobs = new List<RenderJob>();
        foreach (var (name, figure) in figures)
        {
            jobs.Add(new RenderJob(name, Composite.Of(figure, Theme.Print), Png: false));
            foreach (var panel in figure.Panels)
            {
                var interactive = panel.Figure.Interactive();
                interactive["width"] = 340;
                interactive["config"] = Theme.Dark.Config();
                jobs.Add(new RenderJob($"{name}-{panel.Figure.Id}", panel.Figure.Static(Theme.Print), Png: false));
                jobs.Add(new RenderJob($"{name}-{panel.Figure.Id}-page", interactive, Png: false));
            }
        }

        var pictures = new NodeRenderer().Render(jobs, CancellationToken.None);
        Assert.Equal(jobs.Select(job => job.Id), pictures.Select(picture => picture.Id));
        Assert.All(pictures, picture => Assert.DoesNotContain("NaN", picture.Svg, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("fig1", "components")]
    [InlineData("fig1", "component_accuracy")]
    [InlineData("blog", "frequencies")]
    [InlineData("blog", "analysis")]
    public void A_missing_table_is_named(string id, string table)
    {
        using var folder = new TemporaryFolder();
        PrincipalTables.Write(folder, Runs(id));
        File.Delete(folder.Inner("analyze", $"{table}.parquet"));
        Assert.Contains($"{table}.parquet: no such file.", Assert.Throws<GoldilocksException>(() => PaperFigures.Read(Input(folder, id), CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void One_component_is_no_plane() =>
        Assert.Contains("holds 1 principal component of run", Assert.Throws<GoldilocksException>(() => Make("fig1", new PrincipalRun(0) { Components = 1 })).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("fig1")]
    [InlineData("blog")]
    public void Texts_cannot_become_markup(string id)
    {
        const string attack = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)>";
        using var folder = new TemporaryFolder();
        PrincipalTables.Write(folder, [.. Runs(id).Select(run => run with { Recipe = attack, Convention = attack })]);
        var input = Input(folder, id) with { Title = attack, Command = attack };
        var page = new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), page, StringComparison.Ordinal);
    }

    internal static PrincipalRun[] Runs(string id) => [.. id == "blog" ? PrincipalTables.Posts : PrincipalTables.Transformers];

    internal static ReportInput Input(TemporaryFolder folder, string id) => Reports.Input(folder) with { Figure = id };

    private static PaperFigure Make(string id, params PrincipalRun[] runs)
    {
        using var folder = new TemporaryFolder();
        PrincipalTables.Write(folder, runs.Length > 0 ? runs : Runs(id));
        return PaperFigures.Read(Input(folder, id), CancellationToken.None);
    }

    private static string Page(string id, params PrincipalRun[] runs)
    {
        using var folder = new TemporaryFolder();
        PrincipalTables.Write(folder, runs.Length > 0 ? runs : Runs(id));
        var input = Input(folder, id);
        return Reports.Words(new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write());
    }
}
