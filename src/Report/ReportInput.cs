namespace Goldilocks.Report;

/// <summary>What a report is made of.</summary>
public sealed record ReportInput
{
    /// <summary>Folder with <c>runs.parquet</c>, <c>curves.parquet</c> and <c>embeddings.parquet</c>.</summary>
    public required string TrainFolder { get; init; }

    /// <summary>Folder with <c>analysis.parquet</c>; null, or a folder without it, leaves that part out and says so.</summary>
    public string? AnalyzeFolder { get; init; }

    /// <summary>Folder with the tables of the theory stage; the figures of the paper that need one say so when it is null.</summary>
    public string? TheoryFolder { get; init; }

    /// <summary>Folder with the exported models; null, or a folder without them, leaves that part out.</summary>
    public string? ExportFolder { get; init; }

    /// <summary>The figure of the paper to draw: <c>fig1</c> (Figures 1, 21 and 22), <c>fig2</c> to <c>fig5</c>, <c>fig7a</c>, <c>fig7b</c>, <c>fig8</c> or <c>fig20</c>, <c>phases</c> for the phase maps of any sweep (Figures 6 and 7, right), <c>rivals</c> for the accounts of grokking side by side, or <c>blog</c> for the authors' post; null: the page of one run.</summary>
    public string? Figure { get; init; }

    /// <summary>Heading of the page.</summary>
    public required string Title { get; init; }

    /// <summary>The exact command that repeats everything, shown and put into every caption.</summary>
    public required string Command { get; init; }

    /// <summary>Path from the page to the overview of all reports, with '/'; null: there is none.</summary>
    public string? Overview { get; init; }

    /// <summary>What it was made on, as names and values: code version, machine, .NET, ONNX Runtime, DuckDB. The only part that may differ between executions.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];
}
