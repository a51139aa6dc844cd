namespace Goldilocks.Report;

/// <summary>How to repeat it: command, configuration, environment, files.</summary>
/// <param name="input">Command and environment.</param>
/// <param name="runs">What was trained.</param>
/// <param name="pictures">Names of the pictures in the folder <c>figures</c>.</param>
/// <param name="files">The tables and what they hold; one without a path is left out.</param>
internal sealed class Repeat(ReportInput input, RunGroup runs, IReadOnlyList<string> pictures, IEnumerable<(string? Path, string Holds)> files)
{
    /// <param name="examples">How to read the tables.</param>
    public Html Section(Html examples) => Html.Of(
        $"""
        <section aria-labelledby="repeat"><h2 id="repeat">Repeat it</h2>
        <p>This command makes everything on this page again; the same configuration gives the same tables, byte for byte, on processors with the same instruction set.</p>
        <pre tabindex="0"><code>{input.Command}</code></pre>
        <h3>Configuration</h3>
        {Identity()}
        {Tables.Of("The settings", ["Setting", "Value"], runs.Settings())}{Made()}<h3>Files</h3>
        <p>The numbers lie in Parquet files, in reach of Python, R, DuckDB and many others; every column carries its description.</p>
        {Tables.Of("Tables", ["File", "What it holds"], files.Where(file => file.Path is not null).Select(file => (string[])[file.Path!, file.Holds]))}{examples}<p>The pictures of this page, with <a href="figures/captions.md">captions for a paper</a>: {pictures.Select(name => Html.Of($"<a href=\"figures/{name}.svg\">{name}.svg</a> <a href=\"figures/{name}.png\">.png</a> "))}</p></section>

        """);

    private Html Identity() => runs.Runs.Count == 1
        ? Html.Of($"<p>Run <code>{runs.Runs[0].Id}</code></p>")
        : Html.Of($"<p>{Numbers.Count(runs.Runs.Count)} runs. Settings that differ between them are given as ranges; each run's own are in its row of the table of runs.</p>");

    private Html Made() => input.Environment.Count == 0
        ? default
        : Html.Of($"<h3>Environment</h3>\n{Tables.Of("What it was made on", ["Part", "Version"], input.Environment.Select(entry => (string[])[entry.Key, entry.Value]))}");
}
