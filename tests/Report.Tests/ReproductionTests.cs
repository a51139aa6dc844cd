namespace Goldilocks.Report.Tests;

public sealed class ReproductionTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_overview_says_what_grokking_is_and_whether_the_reproduction_succeeded()
    {
        Assert.StartsWith("Grokking is when a network that has long memorised its examples suddenly generalises;", ReproductionReport.Lead(Input()), StringComparison.Ordinal);
        Assert.EndsWith("Of 3 claims of the paper about its toy model, 1 hold and 1 do not; 1 have not been tested; every verdict is the one on record.", ReproductionReport.Lead(Input()), StringComparison.Ordinal);
        var surprised = Input() with { Claims = [Claim("a", holds: false, recorded: true), Claim("b", holds: true, recorded: true)] };
        Assert.EndsWith("1 hold and 1 do not; 1 verdict differs from the record.", ReproductionReport.Lead(surprised), StringComparison.Ordinal);
    }

    [Fact]
    public void Figures_are_shown_where_they_lie_and_verdicts_with_their_reasons()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Inner("fig3"), "report", "figures")).FullName, "fig3.svg"), "<svg/>");
        var path = Path.Combine(_folder.Inner("out"), "reproduction.html");
        ReproductionReport.Write(Input(), path);
        var page = File.ReadAllText(path);
        Assert.Contains("<img class=\"whole\" src=\"../fig3/report/figures/fig3.svg\" alt=\"Figure 3: Accuracy\">", page, StringComparison.Ordinal);
        Assert.Contains("href=\"../fig3/report/index.html\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain(Path.GetDirectoryName(_folder.Inner("out"))!, page, StringComparison.Ordinal);
        var words = Reports.Words(page);
        Assert.Contains("Figure 4. Steps. It has not been drawn.", words, StringComparison.Ordinal);
        Assert.Contains("holds The claim a Measured: x 1. section 1. Holds if x > 0 . Because.", words, StringComparison.Ordinal);
        Assert.Contains("fails The claim b as recorded Measured: x 1.", words, StringComparison.Ordinal);
        Assert.Contains("not run The claim c", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_cannot_become_markup()
    {
        const string attack = "</small><script>alert(1)</script>\"><img src=x onerror=alert(2)>";
        var path = Path.Combine(_folder.Inner("out"), "reproduction.html");
        ReproductionReport.Write(Input() with { Command = attack, Claims = [Claim(attack, holds: true, recorded: true) with { Text = attack, Measured = attack }] }, path);
        var page = File.ReadAllText(path);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
    }

    private static JudgedClaim Claim(string id, bool? holds, bool recorded) => new(id, $"The claim {id}", "section 1", holds, recorded, holds is null ? "" : "x 1", "x > 0", "Because.");

    private ReproductionInput Input() => new()
    {
        Figures = [new("Figure 3", "Accuracy", Path.Combine(_folder.Inner("fig3"), "report"), "fig3"), new("Figure 4", "Steps", Path.Combine(_folder.Inner("fig4"), "report"), "fig4")],
        Claims = [Claim("a", holds: true, recorded: true), Claim("b", holds: false, recorded: false), Claim("c", holds: null, recorded: true)],
        Command = "./goldilocks reproduce",
        Environment = [new("Code", "0.1.0")],
    };
}
