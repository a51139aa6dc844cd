using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>The overview: one page that says what grokking is, what ran, whether the reproduction succeeded, and where to look further; and beside it the page of the theory.</summary>
public static class OverviewPage
{
    private const string TheoryName = "theory.html";

    /// <summary>Writes <c>index.html</c>, <c>theory.html</c> and what they need; pictures are shown where they lie.</summary>
    /// <param name="input">Pipelines, claims, command and environment.</param>
    /// <param name="folder">Made when missing; earlier pages are replaced.</param>
    /// <returns>The overview's path.</returns>
    /// <exception cref="GoldilocksException">The folder cannot be written, or the chart library is missing.</exception>
    public static string Write(OverviewInput input, string folder)
    {
        var path = Path.Combine(folder, "index.html");
        TheoryPage.Write(Path.Combine(folder, TheoryName));
        AtomicFile.WriteAllText(path, Page(input, Path.GetFullPath(folder)));
        return path;
    }

    /// <summary>Deletes what <see cref="Write"/> wrote, and nothing else.</summary>
    /// <exception cref="GoldilocksException">It cannot be deleted.</exception>
    public static void Delete(string folder)
    {
        try
        {
            var assets = Path.Combine(folder, "assets");
            string[] files = [Path.Combine(folder, "index.html"), Path.Combine(folder, TheoryName), .. PageAssets.Names.Concat(TheoryPage.Names).Select(name => Path.Combine(assets, name))];
            foreach (var file in files.Where(File.Exists)) File.Delete(file);
            if (Directory.Exists(assets) && !Directory.EnumerateFileSystemEntries(assets).Any()) Directory.Delete(assets);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GoldilocksException($"cannot delete the overview in {folder}: {e.Message.TrimEnd('.')}. Check its permissions.", inner: e);
        }
    }

    internal static string Page(OverviewInput input, string folder)
    {
        OverviewEntry[] figures = [.. input.Entries.Where(entry => entry.Reproduces is not null)], others = [.. input.Entries.Where(entry => entry.Reproduces is null)];
        var cards = new OverviewCards(folder);
        return new PageShell("Grokking, made again") { Links = [(TheoryName, "What can be known before training")] }.Write(
            "Towards Understanding Grokking: An Effective Theory of Representation Learning (Liu et al., 2022), reproduced", Lead(input), Tally(input), Html.Of(
                $"""
                <section aria-labelledby="begin"><h2 id="begin">Where to begin</h2>
                {Begin(input, cards)}</section>
                <section aria-labelledby="figures"><h2 id="figures">The figures of the paper</h2>
                <div class="cards">
                {figures.Select(cards.Card)}</div></section>
                {(others.Length == 0 ? default : Html.Of($"<section aria-labelledby=\"others\"><h2 id=\"others\">Other experiments</h2>\n<div class=\"cards\">\n{others.Select(cards.Card)}</div></section>\n"))}{OverviewRivals.Section(others)}<section aria-labelledby="claims"><h2 id="claims">The claims</h2>
                <p>Each claim is a question to the tables behind the figures. “Fails” beside “as recorded” is a claim that is known not to hold, most often by the authors' own data; the reason stands below it.</p>
                <dl class="claims">
                {input.Claims.Where(claim => claim.Holds is not null).Select(Judged)}</dl>
                {Untested(input)}</section>
                <section aria-labelledby="ran"><h2 id="ran">What ran</h2>
                {Ran(input)}</section>
                <section aria-labelledby="repeat"><h2 id="repeat">Repeat it</h2>
                <pre tabindex="0"><code>{input.Command}</code></pre>
                {Tables.Of("What this page was made on", ["Part", "Version"], input.Environment.Select(entry => (string[])[entry.Key, entry.Value]))}</section>

                """));
    }

    /// <summary>What grokking is, and whether the reproduction succeeded.</summary>
    internal static string Lead(OverviewInput input)
    {
        var (holding, failing, open) = (Count(input, true), Count(input, false), Count(input, null));
        var unexpected = input.Claims.Count(IsUnexpected);
        return "Grokking is when a network that has long memorised its examples suddenly generalises; the paper says that this happens when its embeddings take on the structure of the task. "
            + (holding + failing == 0
                ? "Whether its claims hold is not known yet: none of them has been tested here."
                : $"Of {Numbers.Counted(input.Claims.Count, "claim")} of the paper, {Numbers.Count(holding)} hold and {Numbers.Count(failing)} do not{(open > 0 ? $"; {Numbers.Count(open)} have not been tested" : "")}; {(unexpected == 0 ? "every verdict is the one on record." : $"{Numbers.Counted(unexpected, "verdict")} {(unexpected == 1 ? "differs" : "differ")} from the record.")}");
    }

    private static int Count(OverviewInput input, bool? holds) => input.Claims.Count(claim => claim.Holds == holds);

    private static bool IsUnexpected(JudgedClaim claim) => claim.Holds is { } holds && holds != claim.RecordedAsHolding;

    private static Html Tally(OverviewInput input)
    {
        Html Item(string kind, string words, int count) => Html.Of($"<div class=\"{kind}\"><dt>{words}</dt><dd>{Numbers.Count(count)}</dd></div>\n");
        var (drawn, all) = (input.Entries.Count(entry => entry.Made is not null), input.Entries.Count(entry => entry is { Made: not null, Reproduces: not null }));
        return Html.Of(
            $"""
            <dl class="milestones">
            {Item("rqi", "claims hold", Count(input, true))}{Item("validation", "claims do not hold", Count(input, false))}{Item("open", "claims not tested yet", Count(input, null))}{Item("train", $"experiments drawn, {Numbers.Count(all)} of them figures of the paper", drawn)}</dl>

            """);
    }

    /// <summary>Three ways in, as far as they exist.</summary>
    private static Html Begin(OverviewInput input, OverviewCards cards)
    {
        var run = input.Entries.Select(cards.FirstRun).FirstOrDefault(address => address is not null);
        var sweeps = input.Entries.Where(entry => entry.Picture == "phases" && cards.Sweep(entry) is not null).ToArray();
        return Html.Of(
            $"""
            <ul>
            {(run is null ? default : Html.Of($"<li><a href=\"{run}\">Watch one network learn</a>: its accuracy, and what its embedding looks like at every step.</li>\n"))}<li><a href="{TheoryName}">Choose what a network is shown</a>, and see what follows from that alone, before any training.</li>
            {(sweeps.Length == 0 ? default : Html.Of($"<li>Walk through a map of learning phases: {sweeps.Select((entry, i) => Html.Of($"{(i == 0 ? "" : ", ")}<a href=\"{cards.Sweep(entry)}\">{entry.Name}</a>"))}.</li>\n"))}</ul>

            """);
    }

    private static Html Ran(OverviewInput input)
    {
        OverviewEntry[] made = [.. input.Entries.Where(entry => entry.Made is not null)];
        if (made.Length == 0) return Html.Of($"<p>Nothing yet. <code>./goldilocks run</code> trains a first network in seconds.</p>\n");
        return Html.Of($"""<div class="wide">{Tables.Of("What ran, when and on what", ["Pipeline", "Drawn (UTC)", "Time it took", "Runs", "What came out", "On", "Version"], made.Select(entry => (string[])
        [
            entry.Name, $"{entry.Made!.Finished.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture)}{(entry.Made.IsCurrent ? "" : ", before pipelines.yml changed")}",
            Time(entry.Made.Duration), Numbers.Count(entry.Made.Runs), entry.Made.Result, entry.Made.Processor, Version(entry.Made.Version),
        ]))}</div>{"\n"}""");
    }

    /// <summary>With the first digits of the commit only.</summary>
    private static string Version(string version) => version.Split('+') is [var release, var commit] && commit.Length > 8 ? $"{release}+{commit[..8]}" : version;

    private static Html Untested(OverviewInput input)
    {
        JudgedClaim[] open = [.. input.Claims.Where(claim => claim.Holds is null)];
        return open.Length == 0 ? default : Html.Of(
            $"""
            <details><summary>{Numbers.Counted(open.Length, "claim")} not tested yet</summary>
            <dl class="claims">
            {open.Select(Judged)}</dl></details>

            """);
    }

    private static string Time(TimeSpan time) => time.TotalSeconds < 60 ? $"{time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture)} s" : $"{(int)time.TotalMinutes} min {time.Seconds:00} s";

    private static Html Judged(JudgedClaim claim)
    {
        var (kind, word) = claim.Holds switch { true => ("holds", "holds"), false => ("fails", "fails"), null => ("open", "not run") };
        var remark = claim.Holds is { } holds && holds != claim.RecordedAsHolding ? $"recorded as {(claim.RecordedAsHolding ? "holding" : "failing")}" : claim.Holds == false ? "as recorded" : "";
        return Html.Of(
            $"""
            <div id="{claim.Id}"><dt><span class="verdict {kind}">{word}</span> {claim.Text} <small>{remark}</small></dt>
            <dd>{(claim.Measured.Length > 0 ? $"Measured: {claim.Measured}. " : "")}<span class="note">{claim.Source}. Holds if <code>{claim.Condition}</code>. {claim.Tolerance}</span></dd></div>

            """);
    }
}
