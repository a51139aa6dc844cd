using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>The overview of a reproduction: one page with every figure and every verdict.</summary>
public static class ReproductionReport
{
    /// <summary>Writes the page, which shows the figures' pictures where they lie.</summary>
    /// <param name="input">Figures, claims, command and environment.</param>
    /// <param name="path">The page; its folder is made when missing, an earlier page is replaced.</param>
    /// <exception cref="GoldilocksException">The folder cannot be written.</exception>
    public static void Write(ReproductionInput input, string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        AtomicFile.WriteAllText(path, new PageShell("The paper's figures and claims, reproduced").Write(
            "Towards Understanding Grokking: An Effective Theory of Representation Learning (Liu et al., 2022)", Lead(input), default, Html.Of(
                $"""
                <section aria-labelledby="figures"><h2 id="figures">The figures</h2>
                {input.Figures.Select(figure => Shown(figure, folder))}</section>
                <section aria-labelledby="claims"><h2 id="claims">The claims</h2>
                <p>Each claim is a question to the tables behind the figures. “Fails” beside “as recorded” is a claim that is known not to hold, most often by the authors' own data; the reason stands below it.</p>
                <dl class="claims">
                {input.Claims.Select(Judged)}</dl></section>
                <section aria-labelledby="repeat"><h2 id="repeat">Repeat it</h2>
                <pre><code>{input.Command}</code></pre>
                {Tables.Of("What it was made on", ["Part", "Version"], input.Environment.Select(entry => (string[])[entry.Key, entry.Value]))}</section>

                """)));
    }

    /// <summary>What grokking is, and whether the reproduction succeeded.</summary>
    internal static string Lead(ReproductionInput input)
    {
        var (holding, failing, open) = (input.Claims.Count(claim => claim.Holds == true), input.Claims.Count(claim => claim.Holds == false), input.Claims.Count(claim => claim.Holds is null));
        var unexpected = input.Claims.Count(claim => claim is { Holds: { } holds } && holds != claim.RecordedAsHolding);
        var verdict = $"Of {Numbers.Counted(input.Claims.Count, "claim")} of the paper about its toy model, {Numbers.Count(holding)} hold and {Numbers.Count(failing)} do not{(open > 0 ? $"; {Numbers.Count(open)} have not been tested" : "")}";
        return "Grokking is when a network that has long memorised its examples suddenly generalises; the paper says that this happens when its embeddings take on the structure of the task. "
            + $"{verdict}; {(unexpected == 0 ? "every verdict is the one on record." : $"{Numbers.Counted(unexpected, "verdict")} {(unexpected == 1 ? "differs" : "differ")} from the record.")}";
    }

    private static Html Shown(ReproducedFigure figure, string folder)
    {
        string At(string file) => Path.GetRelativePath(folder, Path.Combine(Path.GetFullPath(figure.ReportFolder), file)).Replace(Path.DirectorySeparatorChar, '/');
        return File.Exists(Path.Combine(figure.ReportFolder, "figures", $"{figure.Picture}.svg"))
            ? Html.Of(
                $"""
                <figure><a href="{At("index.html")}"><img class="whole" src="{At($"figures/{figure.Picture}.svg")}" alt="{figure.Name}: {figure.Description}"></a>
                <figcaption><strong>{figure.Name}.</strong> {figure.Description}. <a href="{At("index.html")}">Panels, numbers and tables</a></figcaption></figure>

                """)
            : Html.Of($"<p><strong>{figure.Name}.</strong> {figure.Description}. It has not been drawn.</p>\n");
    }

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
