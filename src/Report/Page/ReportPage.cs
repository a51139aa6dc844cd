using System.Text.Json.Nodes;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The page: one file with styles, scripts, data and words inside.</summary>
internal sealed class ReportPage(ReportInput input, ReportData data, IReadOnlyList<Figure> figures, TableLinks links)
{
    private static readonly string[] Libraries = ["vega", "vega-lite", "vega-embed"];

    public string Write()
    {
        var policy = new ContentPolicy();
        var style = policy.Style(Assets.Text("page.css"));
        Html[] scripts = [.. Libraries.Select(library => policy.Script(Library(library))), policy.Script(Assets.Text("page.js"))];
        var run = data.First;
        var story = new Story(run, figures);
        var evidence = new Evidence(run, data.Runs);
        return Html.Of(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="{policy.Text}">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta name="generator" content="Goldilocks">
            <title>{input.Title}</title>
            {style}</head>
            <body>
            <header>
            <p class="kicker">{Terms.Identity(run.Row)}</p>
            <h1>{input.Title}</h1>
            <p class="lead">{PhaseSummary.Of(run)}</p>
            {story.Milestones()}</header>
            <main>
            {story.Sections()}{evidence.Sections()}{new Repeat(input, run.Row, links, figures).Sections()}</main>
            <footer><p>Drawn by Goldilocks with Vega, Vega-Lite and Vega-Embed. This page needs no server and no network.</p>
            {Licences()}</footer>
            <script type="application/json" id="charts">{Charts()}</script>
            {scripts}</body>
            </html>

            """).Markup;
    }

    private static string Library(string name) =>
        File.ReadAllText(Path.Combine(NativeLibraries.NodeModules, name, "build", $"{name}.min.js")).Replace($"//# sourceMappingURL={name}.min.js.map", "", StringComparison.Ordinal);

    private static Html Licences() => Html.Of(
        $"""
        <details><summary>Licences of the embedded libraries</summary>
        {Libraries.Select(library => Html.Of($"<h3>{library}</h3>\n<pre>{File.ReadAllText(Path.Combine(NativeLibraries.NodeModules, library, "LICENSE")).ReplaceLineEndings("\n").Trim()}</pre>\n"))}</details>

        """);

    /// <summary>The charts for the page's script. System.Text.Json escapes &lt;, &gt;, &amp; and quotes: no text can end the element.</summary>
    private Html Charts() => new(new JsonObject
    {
        ["themes"] = new JsonObject { ["light"] = Theme.Light.Config(), ["dark"] = Theme.Dark.Config() },
        ["charts"] = new JsonObject(figures.Select(figure => KeyValuePair.Create(figure.Id, (JsonNode?)figure.Interactive()))),
    }.ToJsonString());
}
