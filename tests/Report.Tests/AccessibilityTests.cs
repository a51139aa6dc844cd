using System.Reflection;
using System.Text.Json;

namespace Goldilocks.Report.Tests;

/// <summary>Every kind of page as axe-core sees it.</summary>
public sealed class AccessibilityTests(BrowserFixture fixture) : IClassFixture<BrowserFixture>
{
    private static readonly string Axe = typeof(AccessibilityTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(entry => entry.Key == "AxeCore").Value!;

    [BrowserTheory]
    [InlineData("overview", "light", 1300)]
    [InlineData("overview", "dark", 390)]
    [InlineData("theory", "light", 1300)]
    [InlineData("theory", "dark", 390)]
    [InlineData("single", "dark", 1300)]
    [InlineData("run", "light", 1300)]
    [InlineData("run", "dark", 390)]
    [InlineData("sweep", "light", 1300)]
    [InlineData("sweep", "dark", 390)]
    [InlineData("map", "light", 1300)]
    [InlineData("live", "light", 1300)]
    [InlineData("live", "dark", 390)]
    [InlineData("rivals", "dark", 1300)]
    public async Task The_page_has_no_serious_fault(string kind, string scheme, int width)
    {
        using var folder = new TemporaryFolder();
        await using var context = await BrowserTests.Context(fixture, scheme, width);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(Write(kind, folder)).AbsoluteUri);
        await page.WaitForFunctionAsync("() => document.documentElement.dataset.drawn || !document.querySelector('script[src]')");
        await page.EvaluateAsync(await File.ReadAllTextAsync(Axe));
        var answer = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.map((fault) => ({ impact: fault.impact, id: fault.id, where: fault.nodes.map((node) => node.html.slice(0, 200)) }))");
        Assert.Equal("", string.Join('\n', answer.EnumerateArray().Where(fault => fault.GetProperty("impact").GetString() is "serious" or "critical")));

        // The judge judges: a picture without words is a fault.
        await page.EvaluateAsync("() => { const image = document.createElement('img'); image.src = 'data:,'; document.querySelector('main').append(image); }");
        Assert.True(await page.EvaluateAsync<bool>("async () => (await axe.run()).violations.some((fault) => fault.id === 'image-alt')"));
    }

    private string Write(string kind, TemporaryFolder folder)
    {
        var report = folder.Inner("report");
        switch (kind)
        {
            case "overview":
                return OverviewPage.Write(OverviewTests.Sample(folder), folder.Inner("out"));
            case "theory":
                TheoryPage.Write(folder.Inner("theory.html"));
                return folder.Inner("theory.html");
            case "live":
                var run = LivePageTests.Record(20, LiveStatus.Training);
                Directory.CreateDirectory(folder.Inner("assets"));
                foreach (var (name, text) in LivePage.Assets()) File.WriteAllText(folder.Inner("assets", name), text);
                File.WriteAllText(folder.Inner("live.html"), LivePage.Write(new LiveSession("A run", "./goldilocks run", LiveStage.Training, "", HasReport: true, [run.Run, LivePageTests.Record(3, LiveStatus.Finished).Run]), run, out _));
                return folder.Inner("live.html");
            case "single":
                return new Uri(fixture.Address).LocalPath;
            case "run":
                return Path.Combine(Path.GetDirectoryName(new Uri(fixture.Address).LocalPath)!, RunPage.Address(SampleRun.Published.Id));
            case "rivals":
                RivalTables.Write(folder, RivalTables.Runs);
                ReportStage.Run(RivalFigureTests.Input(folder), report, null, CancellationToken.None);
                return Path.Combine(report, "index.html");
            default:
                SweepTables.Write(folder.Inner("train"), SweepRun.Map(3));
                ReportStage.Run(SweepTables.Input(folder), report, null, CancellationToken.None);
                return Path.Combine(report, kind == "sweep" ? "sweep.html" : "index.html");
        }
    }
}
