using Goldilocks.Core;

namespace Goldilocks.Report.Tests;

public sealed class ReportStageTests
{
    [Fact]
    public void Equal_tables_give_equal_files()
    {
        using var folder = new TemporaryFolder();
        SampleTables.Write(folder.Inner("train"), folder.Inner("analyze"), SampleRun.Published);
        var heard = new List<double>();
        var summary = ReportStage.Run(Reports.Input(folder), folder.Inner("report"), new Listener(heard), CancellationToken.None);
        ReportStage.Run(Reports.Input(folder), folder.Inner("again"), null, CancellationToken.None);

        Assert.Equal("index.html", summary.Page);
        Assert.Equal(1, summary.Runs);
        string[] expected = [.. ((string[])["accuracy", "loss", "number-line", "embedding", "rqi"]).SelectMany(name => (string[])[$"figures/{name}.svg", $"figures/{name}.png"])];
        Assert.Equal(expected, summary.Figures);
        Assert.Equal(expected.Concat(["index.html", ReportStage.Captions, $"runs/{SampleRun.Published.Id[..12]}.html"]).Concat(PageAssets.Scripts.Union(PageAssets.Own).Append("licences.txt").Select(name => $"assets/{name}")).Order(StringComparer.Ordinal), Files(folder.Inner("report")));
        foreach (var file in Files(folder.Inner("report")))
            Assert.Equal(File.ReadAllBytes(folder.Inner("report", file)), File.ReadAllBytes(folder.Inner("again", file)));
        Assert.Equal(1, heard[^1]);
        var captions = File.ReadAllText(folder.Inner("report", ReportStage.Captions));
        Assert.Equal(5, captions.Split("Made by: ./goldilocks run quickstart").Length - 1);
        Assert.StartsWith("## accuracy\n\n", captions, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_has_a_page_that_the_main_page_links_to_and_that_links_back()
    {
        using var folder = new TemporaryFolder();
        SampleTables.Write(folder.Inner("train"), null, SampleRun.Published, SampleRun.Published with { Seed = 99 });
        var input = Reports.Input(folder) with { AnalyzeFolder = null };
        ReportStage.Run(input, folder.Inner("report"), null, CancellationToken.None);
        Assert.Contains("<a href=\"sweep.html\">", File.ReadAllText(folder.Inner("report", "index.html")), StringComparison.Ordinal);
        Assert.Contains("<a href=\"index.html\">", File.ReadAllText(folder.Inner("report", "sweep.html")), StringComparison.Ordinal);

        SampleTables.Write(folder.Inner("train"), null, SampleRun.Published);
        ReportStage.Run(input, folder.Inner("single"), null, CancellationToken.None);
        Assert.DoesNotContain("sweep.html", File.ReadAllText(folder.Inner("single", "index.html")), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.Inner("single", "sweep.html")));
    }

    [Fact]
    public void A_cancelled_report_leaves_no_page()
    {
        using var folder = new TemporaryFolder();
        SampleTables.Write(folder.Inner("train"), null, SampleRun.Published);
        using var cancellation = new CancellationTokenSource();
        cancellation.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => ReportStage.Run(Reports.Input(folder), folder.Inner("report"), null, cancellation.Token));
        Assert.False(File.Exists(folder.Inner("report", "index.html")));
    }

    [Fact]
    public void An_output_folder_that_is_a_file_is_one_clear_line()
    {
        using var folder = new TemporaryFolder();
        SampleTables.Write(folder.Inner("train"), null, SampleRun.Published);
        File.WriteAllText(folder.Inner("report"), "in the way");
        var exception = Assert.Throws<GoldilocksException>(() => ReportStage.Run(Reports.Input(folder), folder.Inner("report"), null, CancellationToken.None));
        Assert.StartsWith("cannot write", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', exception.Message);
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/')).Order(StringComparer.Ordinal);

    private sealed class Listener(List<double> heard) : IProgress<(double Fraction, string Message)>
    {
        public void Report((double Fraction, string Message) value) => heard.Add(value.Fraction);
    }
}
