namespace Goldilocks.Report;

/// <summary>The pages of pipelines as the overview shows them.</summary>
/// <param name="folder">Folder of the overview, from which addresses are seen.</param>
internal sealed class OverviewCards(string folder)
{
    /// <summary>Picture, words, and the ways to its pages.</summary>
    public Html Card(OverviewEntry entry)
    {
        var name = entry.Reproduces ?? entry.Name;
        if (Picture(entry) is not { } picture)
            return Html.Of($"<article class=\"card\"><h3>{name}</h3><p>{entry.Description}. It has not been drawn: <code>./goldilocks run {entry.Name}</code></p></article>\n");
        (string? Address, string Words)[] ways = [(At(entry, "index.html"), entry.Reproduces is null ? "the page" : "the figure"), (Sweep(entry), "the sweep"), (FirstRun(entry), "a run, step by step")];
        return Html.Of(
            $"""
            <article class="card"><h3>{name}</h3>
            <a href="{At(entry, "index.html")}"><img class="whole" loading="lazy" src="{picture}" alt="{name}: {entry.Description}"></a>
            <p>{entry.Description}.{(entry.Reproduces is null ? default : Html.Of($" <code>{entry.Name}</code>"))}</p>
            <p class="ways">{ways.Where(way => way.Address is not null).Select(way => Html.Of($"<a href=\"{way.Address}\">{way.Words}</a> "))}</p></article>

            """);
    }

    /// <summary>Address of the page of its sweep, or null.</summary>
    public string? Sweep(OverviewEntry entry) => At(entry, "sweep.html");

    /// <summary>Address of the first of its runs by name, or null.</summary>
    public string? FirstRun(OverviewEntry entry) => First(entry, "runs", "*.html");

    private string? Picture(OverviewEntry entry) => entry.Picture is { } name ? At(entry, $"figures/{name}.svg") : First(entry, "figures", "*.svg");

    private string? First(OverviewEntry entry, string inner, string pattern)
    {
        var path = Path.Combine(entry.ReportFolder, inner);
        return Directory.Exists(path) && Directory.EnumerateFiles(path, pattern).Order(StringComparer.Ordinal).FirstOrDefault() is { } file ? At(entry, $"{inner}/{Path.GetFileName(file)}") : null;
    }

    private string? At(OverviewEntry entry, string file) => File.Exists(Path.Combine(entry.ReportFolder, file))
        ? Path.GetRelativePath(folder, Path.Combine(Path.GetFullPath(entry.ReportFolder), file)).Replace(Path.DirectorySeparatorChar, '/')
        : null;
}
