using Microsoft.Playwright;

namespace Goldilocks.Report.Tests;

/// <summary>One report, and a browser to open it with; nothing where there is no Chromium.</summary>
public sealed class BrowserFixture : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The title of the report, awkward on purpose.</summary>
    public const string Title = "A network <groks> \"addition\" & more";

    public IBrowser Browser => _browser ?? throw new InvalidOperationException("there is no browser");

    /// <summary>The page's address on disk.</summary>
    public string Address => new Uri(_folder.Inner("report", "index.html")).AbsoluteUri;

    public async Task InitializeAsync()
    {
        if (Chromium.Path is null) return;
        SampleTables.Write(_folder.Inner("train"), _folder.Inner("analyze"), SampleRun.Published, new SampleRun { Seed = 99, ValidationStep = null, Phase = "memorization" });
        ReportStage.Run(Reports.Input(_folder) with { Title = Title }, _folder.Inner("report"), null, CancellationToken.None);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
        _folder.Dispose();
    }
}
