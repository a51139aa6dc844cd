using Goldilocks.Native;

namespace Goldilocks.Report.Tests;

public sealed class OverviewTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_overview_says_what_grokking_is_and_whether_the_reproduction_succeeded()
    {
        Assert.StartsWith("Grokking is when a network that has long memorised its examples suddenly generalises;", OverviewPage.Lead(Input()), StringComparison.Ordinal);
        Assert.EndsWith("Of 3 claims of the paper, 1 hold and 1 do not; 1 have not been tested; every verdict is the one on record.", OverviewPage.Lead(Input()), StringComparison.Ordinal);
        var surprised = Input() with { Claims = [Claim("a", holds: false, recorded: true), Claim("b", holds: true, recorded: true)] };
        Assert.EndsWith("1 hold and 1 do not; 1 verdict differs from the record.", OverviewPage.Lead(surprised), StringComparison.Ordinal);
        Assert.EndsWith("none of them has been tested here.", OverviewPage.Lead(Input() with { Claims = [Claim("c", holds: null, recorded: true)] }), StringComparison.Ordinal);
    }

    [Fact]
    public void Reports_are_shown_where_they_lie_and_verdicts_with_their_reasons()
    {
        foreach (var file in (string[])["report/index.html", "report/sweep.html", "report/runs/0a.html", "report/runs/0b.html", "report/figures/fig3.svg"]) Put("fig3", file);
        var page = Page(Input());
        Assert.Contains("<img class=\"whole\" loading=\"lazy\" src=\"../fig3/report/figures/fig3.svg\" alt=\"Figure 3: Accuracy\">", page, StringComparison.Ordinal);
        foreach (var address in (string[])["../fig3/report/index.html", "../fig3/report/sweep.html", "../fig3/report/runs/0a.html", "theory.html"])
            Assert.Contains($"href=\"{address}\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(_folder.Inner("out"))!, page, StringComparison.Ordinal);
        var words = Reports.Words(page);
        Assert.Contains("Figure 4 Steps. It has not been drawn: ./goldilocks run fig4", words, StringComparison.Ordinal);
        Assert.Contains("holds The claim a Measured: x 1. section 1. Holds if x > 0 . Because.", words, StringComparison.Ordinal);
        Assert.Contains("fails The claim b as recorded Measured: x 1.", words, StringComparison.Ordinal);
        Assert.Contains("not run The claim c", words, StringComparison.Ordinal);
        Assert.Contains("fig3 2026-01-02 03:04 1 min 30 s 33 all done processor 0.1", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_of_an_earlier_configuration_are_told()
    {
        var entry = Input().Entries[0];
        Put("fig3", "report/figures/fig3.svg");
        Assert.Contains("03:04, before pipelines.yml changed", Reports.Words(Page(Input() with { Entries = [entry with { Made = entry.Made! with { IsCurrent = false } }] })), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_cannot_become_markup()
    {
        const string attack = "</small><script>alert(1)</script>\"><img src=x onerror=alert(2)>";
        Put("fig3", "report/figures/fig3.svg");
        Put("fig3", "report/runs/\"><img src=x onerror=alert(3)>.html");
        var entry = Input().Entries[0];
        var page = Page(Input() with
        {
            Command = attack, Claims = [Claim(attack, holds: true, recorded: true) with { Text = attack, Measured = attack }],
            Entries = [entry with { Name = attack, Description = attack, Made = entry.Made! with { Result = attack, Processor = attack } }],
        });
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_of_grokking_are_compared_between_models()
    {
        OverviewEntry Model(string name, params (string Measure, double? Factor, double? Within)[] rows)
        {
            Rivals(_folder.Inner(name, "analyze"), rows);
            return new OverviewEntry(name, null, "Accounts", _folder.Inner(name, "report"), "rivals", Input().Entries[0].Made) { AnalyzeFolder = _folder.Inner(name, "analyze") };
        }

        var small = Model("small", ("restricted_loss", 2, 0.1), ("weight_norm", 3, 0.02), ("rqi", null, null), ("effective_dimension", 0.5, -0.4));
        Assert.DoesNotContain("model beside model", Page(Input() with { Entries = [small] }), StringComparison.Ordinal);

        var large = Model("large", ("restricted_loss", 2.4, 0.5), ("weight_norm", 0.8, 0.6), ("rqi", null, null), ("effective_dimension", 0.9, 0.25));
        var words = Reports.Words(Page(Input() with { Entries = [small, large] }));
        Assert.Contains("Of 3 measures that all of them have, 1 are half-way before the validation accuracy in every one (restricted loss), 1 after it in every one, and 1 here before and there after", words, StringComparison.Ordinal);
        Assert.Contains("The same measures were taken of 33 runs of small and 33 runs of large .", words, StringComparison.Ordinal);

        // By the mean of the factors' logarithms: √4.8, √2.4, √0.45.
        Assert.Matches("restricted loss 2 0.10 2.4 0.50 .*weight norm 3 0.02 0.8 0.60 .*effective dimension 0.5 −0.40 0.9 0.25", words);
        Assert.DoesNotContain("RQI", words, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_of_the_theory_stands_beside_it()
    {
        var path = OverviewPage.Write(Input(), _folder.Inner("out"));
        Assert.Equal(_folder.Inner("out", "index.html"), path);
        Assert.Contains("<a href=\"index.html\">Overview</a>", File.ReadAllText(_folder.Inner("out", "theory.html")), StringComparison.Ordinal);
        Assert.True(File.Exists(_folder.Inner("out", "assets", "theory.js")));
    }

    private static void Rivals(string folder, (string Measure, double? Factor, double? Within)[] rows)
    {
        string[] numbers = ["lead_steps", "lead_low", "lead_high", "lead_factor", "lead_share", "rank_correlation", "rank_low", "rank_high", "within_correlation", "auc", "auc_low", "auc_high"];
        using var table = SampleTables.Table("rivals", ["recipe", "measure"],
        [
            ("recipe", ColumnType.Text), ("measure", ColumnType.Text), ("account", ColumnType.Text), ("lead_runs", ColumnType.Int32), ("runs", ColumnType.Int32), ("generalising", ColumnType.Int32),
            .. numbers.Select(name => (name, ColumnType.Float64)),
        ]);
        foreach (var (measure, factor, within) in rows)
        {
            table.Append("a").Append(measure).Append("an account").Append((int?)5).Append((int?)9).Append((int?)5);
            foreach (var name in numbers) table.Append(name switch { "lead_factor" => factor, "within_correlation" => within, _ => null });
            table.EndRow();
        }

        table.Write(Path.Combine(folder, "rivals.parquet"));
    }

    private string Page(OverviewInput input) => OverviewPage.Page(input, _folder.Inner("out"));

    private void Put(string pipeline, string file)
    {
        var path = _folder.Inner(pipeline, file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, "<svg/>");
    }

    private static JudgedClaim Claim(string id, bool? holds, bool recorded) => new(id, $"The claim {id}", "section 1", holds, recorded, holds is null ? "" : "x 1", "x > 0", "Because.");

    /// <summary>An overview in which something is drawn.</summary>
    internal static OverviewInput Sample(TemporaryFolder folder)
    {
        Directory.CreateDirectory(folder.Inner("fig3", "report", "figures"));
        File.WriteAllText(folder.Inner("fig3", "report", "figures", "fig3.svg"), "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>");
        File.WriteAllText(folder.Inner("fig3", "report", "index.html"), "");
        return Input(folder);
    }

    private OverviewInput Input() => Input(_folder);

    private static OverviewInput Input(TemporaryFolder folder) => new()
    {
        Entries =
        [
            new("fig3", "Figure 3", "Accuracy", folder.Inner("fig3", "report"), "fig3", new OverviewWork(new DateTimeOffset(2026, 1, 2, 3, 4, 0, TimeSpan.Zero), TimeSpan.FromSeconds(90), 33, "all done", "processor", "0.1", IsCurrent: true)),
            new("fig4", "Figure 4", "Steps", folder.Inner("fig4", "report"), "fig4", null),
        ],
        Claims = [Claim("a", holds: true, recorded: true), Claim("b", holds: false, recorded: false), Claim("c", holds: null, recorded: true)],
        Command = "./goldilocks reproduce",
        Environment = [new("Code", "0.1.0")],
    };
}
