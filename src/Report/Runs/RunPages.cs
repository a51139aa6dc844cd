using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>The pages of the runs of a report, one for each.</summary>
internal static class RunPages
{
    /// <summary>Runs that have a page at most: of more, those whose seeds are lowest.</summary>
    public const int Most = 400;

    /// <summary>The runs that have a page, of all in their order.</summary>
    public static IReadOnlyList<RunRow> Of(ReportInput input, IReadOnlyList<RunRow> runs) => File.Exists(Path.Combine(input.TrainFolder, "curves.parquet")) ? [.. runs.Take(Most)] : [];

    /// <summary>Writes them into the folder <c>runs</c>; none where there are no curves.</summary>
    /// <param name="input">Tables and words.</param>
    /// <param name="outputFolder">The report's folder.</param>
    /// <param name="runs">All runs, in their order.</param>
    /// <param name="links">Other pages, as seen from the report's folder.</param>
    /// <param name="progress">Told how many of how many are written.</param>
    /// <param name="cancellation">Looked at between runs.</param>
    /// <exception cref="GoldilocksException">A table is missing or of another schema, or the folder cannot be written.</exception>
    public static void Write(
        ReportInput input, string outputFolder, IReadOnlyList<RunRow> runs, IReadOnlyList<(string Address, string Name)> links, Action<int, int> progress, CancellationToken cancellation)
    {
        var (shown, folder) = (Of(input, runs), Path.Combine(outputFolder, "runs"));
        if (shown.Count == 0) return;
        using var reader = new RunReader(input, cancellation);
        for (var i = 0; i < shown.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            progress(i, shown.Count);
            var detail = reader.Read(shown[i]);
            var (views, map) = reader.Views(detail);
            (string Address, string Name)[] all =
            [
                .. links.Select(link => ($"../{link.Address}", link.Name)),
                .. i > 0 ? [($"{shown[i - 1].ShortId}.html", "Previous run")] : (ReadOnlySpan<(string, string)>)[],
                .. i + 1 < shown.Count ? [($"{shown[i + 1].ShortId}.html", "Next run")] : (ReadOnlySpan<(string, string)>)[],
            ];
            AtomicFile.WriteAllText(Path.Combine(outputFolder, RunPage.Address(shown[i])), new RunPage(input, detail, views, map, new ModelFiles(input.ExportFolder, folder)).Write(all));
        }
    }
}
