using System.Text.Json.Nodes;
using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

/// <summary>The page of the rival accounts, made from made-up tables.</summary>
public sealed class RivalFigureTests
{
    private const string Attack = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)>";

    [Fact]
    public void Half_way_is_counted_in_logarithms_from_memorisation_on()
    {
        var rise = new Curve([0, 1, 3, 7, 15], [5, 0, 0, 1, 1]);
        Assert.Equal(Math.Pow(2, 2.5) - 1, rise.HalfWay(1)!.Value, 12);
        Assert.Equal(Math.Pow(2, 2.5) - 1, rise.HalfWay(2)!.Value, 12);
        // From 5 to 1: the half, 3, is passed at two fifths of the way from u = 0 to u = 1.
        Assert.Equal(Math.Pow(2, 0.4) - 1, rise.HalfWay(0)!.Value, 12);
        Assert.Null(rise.HalfWay(4));
        Assert.Null(rise.HalfWay(15));
        Assert.Null(rise.HalfWay(16));
        Assert.Null(Curve.Empty.HalfWay(0));
    }

    [Fact]
    public void A_fall_is_counted_from_its_top()
    {
        var curve = new Curve([0, 1, 3, 7, 15], [1, 2, 4, 3, 2]);
        Assert.Equal(7, curve.HalfFall(0)!.Value, 12);
        Assert.Null(new Curve([0, 1, 3], [1, 2, 3]).HalfFall(0));
        Assert.Null(Curve.Empty.HalfFall(0));
    }

    [Fact]
    public void Leads_are_the_tables_and_their_quartiles_those_of_the_runs()
    {
        var chart = Chart("lead");
        var dots = Dots(chart);
        Assert.Equal([("restricted loss", 2), ("weight norm", 0.5)], dots.Select(dot => ((string)dot["measure"]!, (double)dot["x"]!)));
        // Two runs with 4 and 8, three with 2.
        Assert.Equal((2, 4), ((double)dots[0]["low"]!, (double)dots[0]["high"]!));
        Assert.Equal([2.0, 2, 2, 4, 8], Values(chart).Where(row => row["measure"] is null && ((string?)row["y"])?.EndsWith("restricted loss", StringComparison.Ordinal) == true).Select(row => (double)row["x"]!).Order());
    }

    [Theory]
    [InlineData("correlation", -0.9, 0.6, 0.2)]
    [InlineData("forecast", 0.95, 0.1, 0.4)]
    public void Correlations_and_areas_are_the_tables_the_strongest_first(string id, double first, double second, double third)
    {
        var dots = Dots(Chart(id)).ToDictionary(dot => (string)dot["measure"]!);
        Assert.Equal([first, second, third], ((string[])["restricted loss", "weight norm", "charm of weights"]).Select(name => (double)dots[name]["x"]!));
        Assert.Equal(["Fourier circuit (Nanda et al.)", "Weight norm (Omnigrok)", "somebody's"], ((ForestFigure)Make().Panels.Single(panel => panel.Figure.Id == id).Figure).Groups.Select(group => group.Key));
        var half = id == "correlation" ? 0.25 : 0.05;
        Assert.Equal(second + half, (double)dots["weight norm"]["high"]!, 10);
    }

    [Fact]
    public void Courses_are_of_the_weight_decay_with_the_longest_delay()
    {
        var panels = Make().Panels.Where(panel => panel.Letter == 'd').ToArray();
        // RQI and nullity do not move.
        Assert.Equal(["course-accuracy", "course-restricted-loss", "course-weight-norm"], panels.Select(panel => panel.Figure.Id));
        var values = Values(panels[2].Figure.Interactive()).Where(row => row["seed"] is not null).ToArray();
        Assert.Equal(3 * 10, values.Length);
        Assert.Equal(RivalTables.Runs[3].At(5).Single(value => value.Column == "weight_norm").Value, (double)values.First(row => (long)row["seed"]! == 0 && (long)row["step"]! == 31)["y"]!, 3);
        // Medians of 3, 3, 3 and of 255, 511, never.
        Assert.Equal([3, 511], Values(panels[2].Figure.Interactive()).Where(row => row["y"] is null).Select(row => (double)row["step"]!));
    }

    [Fact]
    public void The_words_are_made_of_the_numbers()
    {
        var words = Page();
        Assert.Contains("5 of 9 runs generalise; with weight decay 0.3 in the median 380 steps after memorisation. Of 2 measures, 1 are half-way before the validation accuracy", words, StringComparison.Ordinal);
        Assert.Contains("first of all restricted loss [Fourier circuit (Nanda et al.)], whose half-way step is 2 times as early.", words, StringComparison.Ordinal);
        Assert.Contains("is best ordered by restricted loss [Fourier circuit (Nanda et al.)], rank correlation −0.90, −0.10 among runs of one weight decay. Whether a run generalises is best told by restricted loss [Fourier circuit (Nanda et al.)], AUC 0.95.", words, StringComparison.Ordinal);
        Assert.Contains("(d) shows the 3 runs with weight decay 0.3: of the weight decays with which most runs generalise, the one with the longest median delay, 380 steps.", words, StringComparison.Ordinal);
        Assert.Contains("Not in (a), as it has no half-way step after memorisation: RQI, charm of weights. Not in (b), as it is the same in all runs at memorisation: RQI. Not in (c), for the same reason: RQI.", words, StringComparison.Ordinal);
        Assert.Contains("1 of 2 measures are half-way before the validation accuracy in the median run; of 1 the middle half of the runs is earlier, of 1 later.", words, StringComparison.Ordinal);
        Assert.Contains("2 of 3 correlations have an interval without 0", words, StringComparison.Ordinal);
        Assert.Contains("of 2 such measures 1 have within a weight decay less than half of their correlation, or one of the other sign: restricted loss (−0.90 over all runs, −0.10 within). A weight decay has 3 runs that memorise, too few to tell.", words, StringComparison.Ordinal);
        Assert.Contains("3 of 3 areas have an interval without 0.5", words, StringComparison.Ordinal);
        Assert.Contains("With 2 of 3 weight decays all runs generalise or none does", words, StringComparison.Ordinal);
        Assert.Contains("Here RQI is 0 at every checkpoint of every run.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_tables_hold_every_measure_and_the_phases()
    {
        var words = Page();
        Assert.Contains("Fourier circuit (Nanda et al.): restricted loss 16 (11 to 21) 2 100 % 5 −0.90 (−1.15 to −0.65) −0.10 0.95 (0.90 to 1.00) 9 5", words, StringComparison.Ordinal);
        Assert.Contains("Weight norm (Omnigrok): weight norm −10 (−15 to −5) 0.5 0 % 5", words, StringComparison.Ordinal);
        Assert.Contains("somebody's: charm of weights – – – 0 0.20 (−0.05 to 0.45) −0.30 0.40 (0.35 to 0.45) 9 5", words, StringComparison.Ordinal);
        Assert.Contains("0.1 3 3 3 0 never – 2 – 1 0.3 3 3 3 2 511 380 2 191 1 1 3 3 3 3 63 60 2 31 1", words, StringComparison.Ordinal);
        // The middle of the weight norm's fall is u = 6; of the restricted loss's u = 4, 4, 4, 5, 5.
        Assert.Contains("Memorisation accuracy on the training samples 5 3 3 to 3 1400 Circuit formation half-way fall of the restricted loss 5 15 15 to 31 9400 Cleanup half-way fall of the weight norm 5 63 63 to 63 14,000 Generalisation accuracy on the others 5 63 63 to 255 –", words, StringComparison.Ordinal);
        Assert.Contains("5 of 5 have the three in the published order.", words, StringComparison.Ordinal);
    }

    [Fact]
    public void One_run_has_courses_and_phases_only()
    {
        var run = RivalTables.Runs[3];
        Assert.All(Make(false, run).Panels, panel => Assert.Equal('d', panel.Letter));
        var words = Page(false, run);
        Assert.Contains("One run: it memorises at step 3 and generalises at step 255.", words, StringComparison.Ordinal);
        Assert.Contains("With one run there are no statistics over runs", words, StringComparison.Ordinal);
        Assert.Contains("1 of 1 have the three in the published order.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("What they show, and what they do not", words, StringComparison.Ordinal);
        Assert.DoesNotContain("AUC (95", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_generalisation_nothing_is_ranked()
    {
        RivalSample[] runs = [.. RivalTables.Runs.Take(3)];
        Assert.All(Make(true, runs).Panels, panel => Assert.Equal('d', panel.Letter));
        var words = Page(true, runs);
        Assert.Contains("None of 3 runs generalises in its steps", words, StringComparison.Ordinal);
        Assert.Contains("(a) is missing: no measure has a lead", words, StringComparison.Ordinal);
        Assert.Contains("(c) is missing: no measure has an AUC, as all runs generalise or none does.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("The phases of Nanda et al.", words, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_missing_is_named()
    {
        Assert.Contains("rivals.parquet: no such file. Run the analyze stage with rivals: true.", Assert.Throws<GoldilocksException>(() => Make(false, [.. RivalTables.Runs])).Message, StringComparison.Ordinal);
        Assert.Contains("several recipes", Assert.Throws<GoldilocksException>(() => Make(true, RivalTables.Runs[0], RivalTables.Runs[1] with { Recipe = "transformer" })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void All_pictures_and_charts_compile_and_draw()
    {
        (string Name, PaperFigure Figure)[] figures =
        [
            ("all", Make()), ("one", Make(false, RivalTables.Runs[3])), ("never", Make(true, [.. RivalTables.Runs.Take(3)])), ("confused", Make(false, new RivalSample(0, 1) { Memorised = null, Middle = null })),
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
        var lead = pictures.Single(picture => picture.Id == "all-lead").Svg;
        foreach (var text in (string[])["Fourier circuit (Nanda et al.)", "restricted loss", "Half-way step: accuracy / measure (logarithmic)", "1/2"]) Assert.Contains(text, lead, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_cannot_become_markup()
    {
        using var folder = new TemporaryFolder();
        RivalTables.Write(folder, [.. RivalTables.Runs.Select(run => run with { Recipe = Attack })], charm: Attack);
        var input = Input(folder) with { Title = Attack, Command = Attack };
        var page = new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write();
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetTempPath(), page, StringComparison.Ordinal);
    }

    internal static ReportInput Input(TemporaryFolder folder) => Reports.Input(folder) with { Figure = "rivals" };

    private static PaperFigure Make() => Make(true, [.. RivalTables.Runs]);

    private static PaperFigure Make(bool hasRivals, params RivalSample[] runs)
    {
        using var folder = new TemporaryFolder();
        RivalTables.Write(folder, runs, hasRivals);
        return PaperFigures.Read(Input(folder), CancellationToken.None);
    }

    private static string Page() => Page(true, [.. RivalTables.Runs]);

    private static string Page(bool hasRivals, params RivalSample[] runs)
    {
        using var folder = new TemporaryFolder();
        RivalTables.Write(folder, runs, hasRivals);
        var input = Input(folder);
        return Reports.Words(new FigurePage(input, PaperFigures.Read(input, CancellationToken.None), new TableLinks(folder.Inner("report"), input)).Write());
    }

    private static JsonObject Chart(string id) => Make().Panels.Single(panel => panel.Figure.Id == id).Figure.Interactive();

    /// <summary>Every data row of a chart.</summary>
    private static IEnumerable<JsonObject> Values(JsonObject chart) => chart["layer"]!.AsArray().SelectMany(layer => layer!["data"]!["values"]!.AsArray()).Select(row => row!.AsObject());

    /// <summary>The rows of the dots, in the order of the layers.</summary>
    private static JsonObject[] Dots(JsonObject chart) =>
        [.. chart["layer"]!.AsArray().Where(layer => (string?)layer!["mark"]!["type"] == "point" && (int?)layer["mark"]!["size"] == 75).SelectMany(layer => layer!["data"]!["values"]!.AsArray()).Select(row => row!.AsObject())];
}
