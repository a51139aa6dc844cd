using System.Text.Json.Nodes;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>What all pages have in common: one file with styles, scripts and charts inside, that opens without server and network.</summary>
/// <param name="title">Heading.</param>
/// <param name="charts">Charts that the page has places for; without any, the page has no script.</param>
internal sealed class PageShell(string title, IReadOnlyList<Figure> charts)
{
    private static readonly string[] Libraries = ["vega", "vega-lite", "vega-embed"];

    /// <param name="kicker">The line above the heading: what is shown.</param>
    /// <param name="lead">The result in a sentence or two.</param>
    /// <param name="summary">What else belongs to the page's head.</param>
    /// <param name="sections">The page's body.</param>
    public string Write(string kicker, string lead, Html summary, Html sections)
    {
        var policy = new ContentPolicy();
        var style = policy.Style(Assets.Text("page.css"));
        Html[] scripts = charts.Count == 0 ? [] : [new($"<script type=\"application/json\" id=\"charts\">{Charts().Markup}</script>\n"), .. Libraries.Select(library => policy.Script(Library(library))), policy.Script(Assets.Text("page.js"))];
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
            <title>{title}</title>
            {style}</head>
            <body>
            <header>
            <p class="kicker">{kicker}</p>
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {summary}</header>
            <main>
            {sections}</main>
            <footer><p>Drawn by Goldilocks{(charts.Count == 0 ? "" : " with Vega, Vega-Lite and Vega-Embed")}. This page needs no server and no network.</p>
            {(charts.Count == 0 ? default : Licences())}</footer>
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
        ["charts"] = new JsonObject(charts.Select(figure => KeyValuePair.Create(figure.Id, (JsonNode?)figure.Interactive()))),
    }.ToJsonString());
}
