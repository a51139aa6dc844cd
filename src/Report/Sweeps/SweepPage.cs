namespace Goldilocks.Report;

/// <summary>The page on which a reader moves through a sweep: a map of phases, thresholds to move, and the curves behind each cell.</summary>
internal sealed class SweepPage(ReportInput input, Sweep sweep, IReadOnlyDictionary<string, RunAccuracies> curves, TableLinks links)
{
    /// <summary>The page's file.</summary>
    public const string Name = "sweep.html";

    private static readonly (string Value, string Name)[] Quantities =
    [
        ("phase", "phase"), ("train", "steps to training accuracy"), ("validation", "steps to validation accuracy"), ("gap", "delay in steps"), ("ratio", "relative delay"), ("final", "validation accuracy at the end"),
    ];

    public string Write()
    {
        var group = new RunGroup(sweep.Runs);
        var data = new SweepData(sweep, curves, input.Command) { Pages = RunPages.Of(input, sweep.Runs).Count };
        var block = data.Write();
        return new PageShell($"{input.Title}: all runs")
        {
            Links = links.FromSweep,
            Scripts = ["export.js", "phases.js", "sweep-map.js", "sweep-curves.js", "sweep.js"],
            Data = new Dictionary<string, System.Text.Json.Nodes.JsonNode> { ["sweep"] = block },
        }.Write(group.Identity, Lead(), default, Html.Of(
            $"""
            <noscript><p>This page moves by scripts, which are turned off. <a href="index.html">The figures</a> need none, and <a href="{links.Train("runs")}">the table of runs</a> holds every number.</p></noscript>
            <section class="sweep" aria-labelledby="map-heading"><h2 id="map-heading">The map and the curves behind it</h2>
            <p>Each cell of the map is one setting. Point at a cell to see how its networks learned; click it, or press Enter, to open the page of its run. The arrow keys walk through the map.{Several()}</p>
            <p>Table 1 of the paper calls it <em>comprehension</em> when validation accuracy passes its threshold soon after training accuracy, <em>grokking</em> when the gap is long, <em>memorization</em> when only training accuracy passes, and <em>confusion</em> when neither does; validation accuracy alone has no name there and is <em>undefined</em>. Four numbers stand behind these words, and all four are choices: move them, and see how much of the map depends on them.</p>
            <div class="controls">
            <label>To the right <select id="across"></select></label>
            <label>Upwards <select id="up"></select></label>
            <label>Colour <select id="colour">{Quantities.Select(quantity => Html.Of($"<option value=\"{quantity.Value}\">{quantity.Name}</option>"))}</select></label>
            <div id="others" class="others"></div></div>
            <div class="thresholds">
            {Threshold("train", "Training accuracy", "%")}{Threshold("validation", "Validation accuracy", "%")}{Threshold("gap", "Grokking from a gap of", "steps")}{Threshold("budget", "Later than this is never", "steps")}</div>
            <div class="reset"><button type="button" id="reset">Reset to the runs' own thresholds</button><p class="note" id="note" role="status"></p></div>
            <div class="beside">
            <figure class="map-figure"><div id="map-place"></div>
            <figcaption><p id="counts" aria-live="polite"></p>{Exports("map", "the map")}</figcaption></figure>
            <figure class="cell-figure"><h3 id="cell-name"></h3><p id="cell-words"></p>
            <div id="curves-place"></div>
            <figcaption><div class="controls"><label>Steps <select id="scale"><option value="log">logarithmic</option><option value="linear">linear</option></select></label>{Exports("curves", "the curves")}</div>
            <p id="cell-links" class="cell-links"></p></figcaption></figure></div>
            {Note(data.CurveCount)}{Unlinked()}</section>
            <section aria-labelledby="repeat"><h2 id="repeat">Repeat it</h2>
            <p>This command trains all {Numbers.Count(sweep.Runs.Count)} runs and writes this page again.</p>
            <pre tabindex="0"><code>{input.Command}</code></pre>
            <p>The runs lie in <a href="{links.Train("runs")}">{links.Train("runs")}</a>, the recorded curves in <a href="{links.Train("curves")}">{links.Train("curves")}</a>.</p>
            <details><summary>Conventions</summary><p>{group.Provenance(input.Command)}</p></details></section>

            """));
    }

    private Html Unlinked() => RunPages.Of(input, sweep.Runs).Count is var pages && pages > 0 && pages < sweep.Runs.Count
        ? Html.Of($"<p class=\"note\">The first {Numbers.Count(pages)} runs, those with the lowest seeds, have pages of their own.</p>\n")
        : default;

    private string Lead()
    {
        var parameters = sweep.Parameters.Select(parameter => $"{parameter.Count} values of {parameter.Parameter}").ToArray();
        return $"{Numbers.Count(sweep.Runs.Count)} networks, {(parameters.Length == 1 ? parameters[0] : $"{string.Join(", ", parameters[..^1])} and {parameters[^1]}")}. Which of them understood, how long after learning by heart, and how much of that is a matter of where one draws the line?";
    }

    private string Several() => sweep.Cells.Any(cell => cell.Count > 1)
        ? " Where a cell has several runs it has the colour of their most frequent phase, or of their median, and where they differ in phase, the stripe at its foot shows the share of each."
        : "";

    private Html Note(int count) => count switch
    {
        0 => Html.Of($"<p class=\"note\">No curves were recorded, so only the steps at which the runs' own thresholds were reached are known.</p>\n"),
        _ when count < sweep.Runs.Count => Html.Of($"<p class=\"note\">This page holds the curves of {Numbers.Of(count, sweep.Runs.Count)} runs, the first seeds of every cell; those of the others are in the table of curves.</p>\n"),
        _ => default,
    };

    private static Html Exports(string id, string what) => Html.Of(
        $"""
        <span class="exports">Save {what}: <button type="button" id="{id}-svg" aria-label="Save {what} as SVG">SVG</button> <button type="button" id="{id}-png" aria-label="Save {what} as PNG">PNG</button></span>
        """);

    private static Html Threshold(string id, string name, string unit) => Html.Of(
        $"""
        <div role="group" aria-labelledby="{id}-name"><label id="{id}-name" for="{id}-slider">{name}</label>
        <span><input type="range" id="{id}-slider" min="0" max="1000" step="1"> <input type="number" id="{id}-number" min="0" step="any" aria-labelledby="{id}-name"> {unit}</span></div>

        """);
}
