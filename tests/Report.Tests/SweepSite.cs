using Goldilocks.Native;
using Microsoft.Playwright;

namespace Goldilocks.Report.Tests;

/// <summary>The page of a sweep with its assets, and a page for each run to go to, without the figures' files.</summary>
internal sealed class SweepSite : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SweepSite(params IReadOnlyList<SweepRun> runs)
    {
        SweepTables.Write(_folder.Inner("train"), runs);
        SweepCurveTables.Write(_folder.Inner("train"), runs);
        using var engine = new QueryEngine(threads: 1);
        Runs = ReportData.ReadRuns(engine, _folder.Inner("train"), CancellationToken.None);
        var input = SweepTables.Input(_folder);
        Page = new SweepPage(input, Sweep.Of(Runs)!, SweepCurves.Read(engine, _folder.Inner("train"), CancellationToken.None), new TableLinks(_folder.Inner("report"), input)).Write();
        PageAssets.Write(_folder.Inner("report"));
        File.WriteAllText(_folder.Inner("report", SweepPage.Name), Page);
        Directory.CreateDirectory(_folder.Inner("report", "runs"));
        foreach (var run in Runs) File.WriteAllText(_folder.Inner("report", "runs", $"{run.ShortId}.html"), "<!DOCTYPE html><title>a run</title>");
    }

    public IReadOnlyList<RunRow> Runs { get; }

    /// <summary>Its markup.</summary>
    public string Page { get; }

    public string Address => new Uri(_folder.Inner("report", SweepPage.Name)).AbsoluteUri;

    /// <summary>Opens it; what it complains of comes into the list.</summary>
    public async Task<(IPage Page, List<string> Complaints)> Open(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        var complaints = BrowserTests.Listen(page);
        await BrowserTests.Open(page, Address);
        return (page, complaints);
    }

    /// <summary>The cell of a run on the map over both parameters.</summary>
    public static ILocator Cell(IPage page, SweepRun run) =>
        page.Locator($"#map-place [role=gridcell][aria-label^='decoder_lr {Numbers.Parameter(run.DecoderLr)}, decoder_weight_decay {Numbers.Parameter(run.DecoderWeightDecay)}:']");

    public void Dispose() => _folder.Dispose();
}
