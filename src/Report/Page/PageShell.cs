using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>What all pages have in common: they open without server and network, and run no script but those of <see cref="PageAssets"/>.</summary>
/// <param name="title">Heading.</param>
internal sealed class PageShell(string title)
{
    /// <summary>Path from the page to the folder that holds the assets: empty, or "../".</summary>
    public string Root { get; init; } = "";

    /// <summary>Charts that the page has places for.</summary>
    public IReadOnlyList<Figure> Charts { get; init; } = [];

    /// <summary>Own scripts of the page, among the assets; without any, and without charts, it has none.</summary>
    public IReadOnlyList<string> Scripts { get; init; } = [];

    /// <summary>Own styles of the page, among the assets, after those of all pages.</summary>
    public IReadOnlyList<string> Styles { get; init; } = [];

    /// <summary>What the scripts read, by the name that they ask for.</summary>
    public IReadOnlyDictionary<string, JsonNode> Data { get; init; } = new Dictionary<string, JsonNode>();

    /// <summary>Other pages: address and name.</summary>
    public IReadOnlyList<(string Address, string Name)> Links { get; init; } = [];

    /// <summary>Whether the page is served while it changes, and asks its server for news.</summary>
    public bool IsLive { get; init; }

    /// <inheritdoc cref="Write(string, string, Html, Html, out string)"/>
    public string Write(string kicker, string lead, Html summary, Html sections) => Write(kicker, lead, summary, sections, out _);

    /// <param name="kicker">The line above the heading: what is shown.</param>
    /// <param name="lead">The result in a sentence or two.</param>
    /// <param name="summary">What else belongs to the page's head.</param>
    /// <param name="sections">The page's body.</param>
    /// <param name="policy">The Content-Security-Policy that the page states.</param>
    public string Write(string kicker, string lead, Html summary, Html sections, out string policy)
    {
        string Text(string nonce) => Page(nonce, kicker, lead, summary, sections).Markup;

        // Whoever wants a script of theirs to run would have to know this before, and it depends on all that the page says.
        var nonce = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Text(""))))[..32];
        policy = Policy(nonce);
        return Text(nonce);
    }

    private bool HasScripts => Charts.Count + Scripts.Count > 0;

    private Html Page(string nonce, string kicker, string lead, Html summary, Html sections) => Html.Of(
        $"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="{Policy(nonce)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="generator" content="Goldilocks">
        <title>{title}</title>
        {Styles.Prepend("site.css").Select(style => Html.Of($"<link rel=\"stylesheet\" href=\"{Root}assets/{style}\" nonce=\"{nonce}\">\n"))}{(IsLive ? Html.Of($"<link rel=\"icon\" type=\"image/svg+xml\" href=\"{Root}assets/icon.svg\">\n") : default)}</head>
        <body>
        {Navigation()}<header>
        <p class="kicker">{kicker}</p>
        <h1>{title}</h1>
        <p class="lead">{lead}</p>
        {summary}</header>
        <main>
        {sections}</main>
        <footer><p>Drawn by Goldilocks{(HasScripts ? Html.Of($" with Vega, Vega-Lite and Vega-Embed (<a href=\"{Root}assets/licences.txt\">licences</a>)") : default)}. {(IsLive ? "The command that trains serves this page, on this machine alone." : "This page needs no server and no network.")}</p></footer>
        {(HasScripts ? Data.Select(data => Block(data.Key, data.Value)) : [])}{(Charts.Count > 0 ? Block("charts", Drawings()) : default)}{(HasScripts ? PageAssets.Scripts.Concat(Scripts).Select(script => Html.Of($"<script src=\"{Root}assets/{script}\" nonce=\"{nonce}\"></script>\n")) : [])}</body>
        </html>

        """);

    private Html Navigation() => Links.Count == 0
        ? default
        : Html.Of($"<nav aria-label=\"Pages\">{Links.Select(link => Html.Of($"<a href=\"{link.Address}\">{link.Name}</a>\n"))}</nav>\n");

    /// <summary>Nothing is loaded from anywhere but the folder of the page, and no script runs that the page was not written with.</summary>
    private string Policy(string nonce) =>
        $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'nonce-{nonce}'; img-src 'self' file: data:; base-uri 'none'; form-action 'none'{(IsLive ? "; connect-src 'self'" : "")}";

    private JsonObject Drawings() => new(Charts.Select(figure => KeyValuePair.Create(figure.Id, (JsonNode?)figure.Interactive())));

    /// <summary>Data for scripts. System.Text.Json escapes &lt;, &gt;, &amp; and quotes: no text can end the element.</summary>
    private static Html Block(string id, JsonNode data) => Html.Of($"<script type=\"application/json\" id=\"{id}\">{new Html(data.ToJsonString())}</script>\n");
}
