namespace Goldilocks.Report;

/// <summary>The tables' paths as seen from the page, so that the page says nothing of the machine it was made on.</summary>
internal sealed class TableLinks(string outputFolder, ReportInput input)
{
    /// <summary>Path of a table of the train stage, with '/'.</summary>
    public string Train(string table) => Relative(input.TrainFolder, table);

    /// <summary>Path of a table of the analyze stage, with '/', or null without one.</summary>
    public string? Analyze(string table) => input.AnalyzeFolder is { } folder ? Relative(folder, table) : null;

    /// <summary>Path of a table of the theory stage, with '/', or null without one.</summary>
    public string? Theory(string table) => input.TheoryFolder is { } folder ? Relative(folder, table) : null;

    /// <summary>Whether there is a page of the sweep.</summary>
    public bool HasSweep { get; init; }

    /// <summary>The first of the runs that have pages; null: none has.</summary>
    public RunRow? FirstRun { get; init; }

    /// <summary>Other pages, as seen from the folder's main page.</summary>
    public IReadOnlyList<(string Address, string Name)> FromIndex => FirstRun is { } run ? [.. Pages, (RunPage.Address(run), HasSweep ? "A run, step by step" : "Step by step")] : Pages;

    /// <summary>Pages over the runs, as seen from the folder's main page.</summary>
    public IReadOnlyList<(string Address, string Name)> Pages => HasSweep ? [.. Overview, (SweepPage.Name, "All runs, interactively")] : Overview;

    /// <summary>Other pages, as seen from the page of the sweep.</summary>
    public IReadOnlyList<(string Address, string Name)> FromSweep => [.. Overview, ("index.html", "Figures and numbers")];

    private IReadOnlyList<(string Address, string Name)> Overview => input.Overview is { } overview ? [(overview, "Overview")] : [];

    private string Relative(string folder, string table) =>
        Path.GetRelativePath(Path.GetFullPath(outputFolder), Path.Combine(Path.GetFullPath(folder), table + ".parquet")).Replace(Path.DirectorySeparatorChar, '/');
}
