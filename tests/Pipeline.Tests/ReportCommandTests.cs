using Goldilocks.Core;

namespace Goldilocks.Pipeline.Tests;

/// <summary>The overview and the copies of the site.</summary>
public sealed class ReportCommandTests : IDisposable
{
    private readonly Bench _bench = new();

    public ReportCommandTests() => _bench.Report.Work = context =>
    {
        FakeStage.Write(context);
        Directory.CreateDirectory(Path.Combine(context.OutputFolder, "figures"));
        File.WriteAllText(Path.Combine(context.OutputFolder, "index.html"), $"<a href=\"{Overview.FromReport}\">");
        File.WriteAllText(Path.Combine(context.OutputFolder, "figures", "accuracy.svg"), "<svg/>");
    };

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void Only_reports_are_drawn_and_only_where_all_else_is_up_to_date()
    {
        var (code, output, error) = _bench.Run("report");
        Assert.Equal((0, "", $"see {_bench.PathOf("index.html")}\n"), (code, error, output));
        Assert.Equal((0, 0), (_bench.Train.Runs, _bench.Report.Runs));
        Assert.Contains("Nothing yet.", Overviewed(), StringComparison.Ordinal);

        _bench.Run("run");
        Assert.Contains("quickstart/report/index.html", Overviewed(), StringComparison.Ordinal);
        _bench.Report.FormatVersion = 2;
        Assert.Equal(0, _bench.Run("report").Code);
        Assert.Equal((1, 2), (_bench.Train.Runs, _bench.Report.Runs));
        Assert.Contains("quickstart/report/index.html", Overviewed(), StringComparison.Ordinal);
        Assert.Equal(0, _bench.Run("report").Code);
        Assert.Equal(2, _bench.Report.Runs);

        _bench.Train.FormatVersion = 2;
        Assert.Equal(0, _bench.Run("report").Code);
        Assert.Equal((1, 2), (_bench.Train.Runs, _bench.Report.Runs));
        Assert.Contains("before pipelines.yml changed", Overviewed(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_copy_holds_the_pages_in_their_places_and_nothing_else()
    {
        _bench.Run("run");
        var copy = Path.Combine(_bench.Folder, "site");
        for (var time = 0; time < 2; time++)
        {
            var (code, output, error) = _bench.Run("report", "--output", copy);
            Assert.Equal((0, "", $"see {Path.Combine(copy, "index.html")}\n"), (code, error, output));
        }

        var files = Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(copy, file).Replace('\\', '/')).ToArray();
        foreach (var name in (string[])["index.html", "theory.html", "assets/site.css", "assets/theory.js", "quickstart/report/index.html", "quickstart/report/figures/accuracy.svg"]) Assert.Contains(name, files);
        Assert.DoesNotContain(files, file => file.EndsWith("manifest.json", StringComparison.Ordinal) || file.Contains("/train/", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(copy, "quickstart", "report", Overview.FromReport)));
    }

    [Fact]
    public void A_folder_with_something_else_is_left_alone()
    {
        var mine = Directory.CreateDirectory(Path.Combine(_bench.Folder, "mine")).FullName;
        File.WriteAllText(Path.Combine(mine, "thesis.txt"), "years");
        var (code, _, error) = _bench.Run("report", "--output", mine);
        Assert.Equal(ExitCodes.Usage, code);
        Assert.Equal($"error: {mine} holds something else than an earlier copy. Name an empty or a new folder with --output.\n", error);
        Assert.Equal("years", File.ReadAllText(Path.Combine(mine, "thesis.txt")));
    }

    [Fact]
    public void A_figure_that_has_been_drawn_in_another_preset_is_shown_in_that()
    {
        using var bench = new Bench("""
            pipelines:
              fig:
                reproduces: Figure 9
                train: { seed: 3 }
                export: {}
                report: {}
                presets:
                  quick: { train: { seed: 4 } }
                  full: { train: { seed: 30 } }
            """);
        bench.Report.Work = _bench.Report.Work;
        Assert.Equal(0, bench.Run("report").Code);
        Assert.Contains("It has not been drawn: <code>./goldilocks run fig.quick</code>", File.ReadAllText(bench.PathOf("index.html")), StringComparison.Ordinal);
        bench.Run("run", "fig.full");
        Assert.Equal(0, bench.Run("report").Code);
        var page = File.ReadAllText(bench.PathOf("index.html"));
        Assert.Contains("<h3>Figure 9</h3>\n<a href=\"fig.full/report/index.html\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Other experiments", page, StringComparison.Ordinal);
    }

    private string Overviewed() => System.Net.WebUtility.HtmlDecode(File.ReadAllText(_bench.PathOf("index.html")));
}
