namespace Goldilocks.Report;

/// <summary>The exported models of a run, as seen from its page.</summary>
/// <param name="exportFolder">Folder of the export stage; null where there is none.</param>
/// <param name="pageFolder">Folder of the page.</param>
internal sealed class ModelFiles(string? exportFolder, string pageFolder)
{
    /// <summary>Which models there are and how well they agree with the trainer.</summary>
    public Html Section(RunDetail run)
    {
        string[] files = exportFolder is null || !Directory.Exists(exportFolder) ? [] : [.. Directory.EnumerateFiles(exportFolder, $"{run.Row.ShortId}-step*.onnx").Order(StringComparer.Ordinal)];
        if (files.Length == 0) return default;
        var evidence = run.Analysis is { Count: > 0 } rows
            ? $" ONNX Runtime, which knows nothing of the trainer, gave {Numbers.Percent(rows[^1].TrainAccuracy)} on the training samples and {Numbers.Percent(rows[^1].ValidationAccuracy)} on the others for the last of them{(rows.Max(row => row.OutputDifference) is { } most ? $"; over all, outputs differ from the trainer's by at most {Numbers.Magnitude(most)} of the largest" : "")}."
            : "";
        return Html.Of(
            $"""
            <section aria-labelledby="models"><h2 id="models">The network as a file</h2>
            <p>{Numbers.Counted(files.Length, "checkpoint")} of this run {(files.Length == 1 ? "is an ONNX file" : "are ONNX files")}, which any ONNX tool opens, with the weights inside. The last is {Link(files[^1])}.{evidence}</p>
            <details><summary>All of them</summary><ul class="files-list">
            {files.Select(file => Html.Of($"<li>{Link(file)}</li>\n"))}</ul></details></section>

            """);
    }

    private Html Link(string file) => Html.Of($"<a href=\"{Path.GetRelativePath(Path.GetFullPath(pageFolder), Path.GetFullPath(file)).Replace(Path.DirectorySeparatorChar, '/')}\">{Path.GetFileName(file)}</a>");
}
