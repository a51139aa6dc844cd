using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Goldilocks.Report.Tests;

public sealed class RunPageTests
{
    private const string Attack = "</script><script>alert('1')</script>\"><img src=x onerror=alert(2)><!-- & 日本";

    [Fact]
    public void The_data_are_those_of_the_tables()
    {
        var document = Document(Page(SampleRun.Published));
        var (steps, values) = Series(document, "accuracy", "validation");
        Assert.Equal(SampleRun.Published.Recorded.Count(), steps.Length);
        Assert.All(steps.Zip(values), point => Assert.Equal(point.First >= 1530 ? 100f : 30f, point.Second));
        var view = Assert.Single(document["views"]!.AsArray())!;
        var (coordinates, recorded) = (Numbers(view["values"]!), Numbers(view["steps"]!));
        Assert.Equal(recorded.Length * 10, coordinates.Length);

        // At the end the symbols lie in order at equal distances: (k - 4.5) over the unbiased deviation of 0..9.
        Assert.All(Enumerable.Range(0, 10), k => Assert.Equal((k - 4.5) / Math.Sqrt(82.5 / 9), coordinates[^(10 - k)], 1e-6));
        Assert.Equal([1130, 1530, 800], document["milestones"]!.AsArray().Select(milestone => milestone!["step"]!.GetValue<long>()));
    }

    [Fact]
    public void Long_records_are_thinned_and_keep_their_ends()
    {
        var run = SampleRun.Published with { Losses = new SortedDictionary<long, double>(Enumerable.Range(0, 4000).ToDictionary(step => (long)step, _ => 1.0)) };
        var document = Document(Page(run));
        var (steps, _) = Series(document, "loss", "train");
        Assert.Equal(600, steps.Length);
        Assert.Equal((0, 5000), (steps[0], steps[^1]));
        Assert.Equal(320, Numbers(document["views"]![0]!["steps"]!).Length);
    }

    [Fact]
    public void The_command_holds_every_setting_of_the_run()
    {
        var words = Reports.Words(Page(SampleRun.Published));
        Assert.Contains("./goldilocks train toy-addition --set seed=58 --set rng=reference --set convention=reference --set loss=mse --set p=10", words, StringComparison.Ordinal);
        Assert.Contains("--set decoder_lr=0.0001 ", words, StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_cannot_become_markup()
    {
        var page = Page(new SampleRun { Recipe = Attack, Convention = Attack, Phase = Attack }, input => input with { Title = Attack, Command = Attack });
        Assert.DoesNotContain("<script>alert", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img src=x", page, StringComparison.Ordinal);
        Assert.Equal(PageAssets.Scripts.Count + 6, Regex.Count(page, "</script>", RegexOptions.IgnoreCase));
    }

    [Fact]
    public void Every_run_has_a_page_that_leads_to_its_neighbours()
    {
        using var folder = new TemporaryFolder();
        Write(folder, input => input with { Overview = "../../index.html" }, new SampleRun { Seed = 1 }, new SampleRun { Seed = 2 }, new SampleRun { Seed = 3 });
        string Text(long seed) => File.ReadAllText(folder.Inner("report", "runs", $"{new SampleRun { Seed = seed }.Id[..12]}.html"));
        Assert.Equal(3, Directory.GetFiles(folder.Inner("report", "runs")).Length);
        Assert.Contains($"<a href=\"{new SampleRun { Seed = 1 }.Id[..12]}.html\">Previous run</a>", Text(2), StringComparison.Ordinal);
        Assert.Contains($"<a href=\"{new SampleRun { Seed = 3 }.Id[..12]}.html\">Next run</a>", Text(2), StringComparison.Ordinal);
        Assert.Contains("<a href=\"../../../index.html\">Overview</a>", Text(2), StringComparison.Ordinal);
        Assert.DoesNotContain("Next run", Text(3), StringComparison.Ordinal);
        Assert.DoesNotContain("Previous run", Text(1), StringComparison.Ordinal);
    }

    [Fact]
    public void Exported_models_are_linked_where_they_lie()
    {
        using var folder = new TemporaryFolder();
        var run = new SampleRun { Seed = 1 };
        Directory.CreateDirectory(folder.Inner("export"));
        foreach (var name in (string[])[$"{run.Id[..12]}-step0000000.onnx", $"{run.Id[..12]}-step0005000.onnx", "000000000000-step0000000.onnx"]) File.WriteAllText(folder.Inner("export", name), "");
        Write(folder, input => input with { ExportFolder = folder.Inner("export") }, run);
        var page = File.ReadAllText(folder.Inner("report", "runs", $"{run.Id[..12]}.html"));
        Assert.Equal(2, Regex.Count(page, "<li><a href=\"../../export/"));
        Assert.Contains($"href=\"../../export/{run.Id[..12]}-step0005000.onnx\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("000000000000-step", page, StringComparison.Ordinal);
    }

    private static string Page(SampleRun run, Func<ReportInput, ReportInput>? change = null)
    {
        using var folder = new TemporaryFolder();
        Write(folder, change ?? (input => input), run);
        return File.ReadAllText(Assert.Single(Directory.GetFiles(folder.Inner("report", "runs"))));
    }

    private static void Write(TemporaryFolder folder, Func<ReportInput, ReportInput> change, params SampleRun[] runs)
    {
        SampleTables.Write(folder.Inner("train"), folder.Inner("analyze"), runs);
        var input = change(Reports.Input(folder));
        RunPages.Write(input, folder.Inner("report"), ReportData.ReadRuns(input.TrainFolder, CancellationToken.None), new TableLinks(folder.Inner("report"), input).Pages, (_, _) => { }, CancellationToken.None);
    }

    private static JsonNode Document(string page) => JsonNode.Parse(Regex.Match(page, "<script type=\"application/json\" id=\"run\">(.*?)</script>").Groups[1].Value)!;

    private static (long[] Steps, float[] Values) Series(JsonNode document, string chart, string name)
    {
        var series = document["charts"]!.AsArray().Single(known => known!["id"]!.GetValue<string>() == chart)!["series"]!.AsArray().Single(known => known!["name"]!.GetValue<string>() == name)!;
        return ([.. Numbers(series["steps"]!).Select(step => (long)step)], Numbers(series["values"]!));
    }

    private static float[] Numbers(JsonNode text) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(Convert.FromBase64String(text.GetValue<string>())).ToArray();
}
