using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The page of one run: its curves and its embedding at a step that the reader chooses.</summary>
/// <param name="input">Title and command of the pipeline.</param>
/// <param name="run">The run.</param>
/// <param name="views">Ways to look at its embedding; may be empty.</param>
/// <param name="map">The decoder's map, where there is one.</param>
/// <param name="models">Its exported models.</param>
internal sealed class RunPage(ReportInput input, RunDetail run, IReadOnlyList<EmbeddingView> views, DecoderMap? map, ModelFiles models)
{
    /// <summary>How the run stands, while it is watched; null: the page is part of a report.</summary>
    public LiveStatus? Live { get; init; }

    private RunRow Row => run.Row;

    /// <summary>The run's page in the report's folder.</summary>
    public static string Address(RunRow run) => Address(run.Id);

    /// <inheritdoc cref="Address(RunRow)"/>
    /// <param name="run">Its identity.</param>
    public static string Address(string run) => $"runs/{RunRow.Short(run)}.html";

    /// <param name="links">Other pages, as seen from this one.</param>
    public string Write(IReadOnlyList<(string Address, string Name)> links) => new PageShell(Title())
    {
        Root = "../", Links = links, Scripts = Scripts, Data = new Dictionary<string, JsonNode> { ["run"] = Document() },
    }.Write(Kicker(), PhaseSummary.Of(run), new Story(run, []).Milestones(), Sections());

    /// <summary>The page of a run that is watched.</summary>
    /// <param name="bar">How it stands, and the choice among runs.</param>
    /// <param name="data">What else the scripts read.</param>
    /// <param name="policy">The page's Content-Security-Policy.</param>
    public string WriteLive(Html bar, IReadOnlyDictionary<string, JsonNode> data, out string policy)
    {
        var status = Live ?? throw new InvalidOperationException("this page is not live");
        return new PageShell(Title())
        {
            IsLive = true, Scripts = [.. Scripts, "live.js"], Styles = ["live.css"], Data = new Dictionary<string, JsonNode>(data) { ["run"] = Document() },
        }.Write(Kicker(), LiveWords.Lead(run, status), Html.Of($"{bar}{new Story(run, []).Milestones(LiveWords.Missing(status))}"), Sections(), out policy);
    }

    /// <summary>What the page's script draws.</summary>
    public JsonObject Document() =>
        new RunDocument(run, views, map, $"{Terms.Capital(new RunGroup([Row]).Identity)}. {new RunGroup([Row]).Provenance(Command())}") { Planned = Live is null ? null : Row.Integer("steps") ?? Row.Steps }.Json();

    /// <summary>What the head of a live page says now.</summary>
    public JsonObject Head() => LiveWords.Head(run, Live ?? LiveStatus.Finished, Title());

    private static string[] Scripts => ["export.js", "parallelograms.js", "run-curves.js", "run-embedding.js", "run.js"];

    private string Kicker() => $"{input.Title}, {Terms.Identity(Row)}";

    private Html Sections() => Html.Of(
        $"""
        <section aria-labelledby="training" class="stage"><h2 id="training">The training, step by step</h2>
        <p class="note" id="hint">Move the slider, drag in a chart, or press play: everything on this page then shows the network at that very step.</p>
        {Player()}<div class="together{(views.Count == 0 ? " alone" : "")}">
        <div><div id="curves" class="curves" role="img" aria-label="Accuracy, loss and what else was recorded of this run, over one axis of training steps, with a line at the chosen step"></div>
        {Saving.Of("curves", "the curves")}</div>
        {(views.Count == 0 ? default : Embedding())}</div>
        <noscript><p>The charts of this page need its scripts, which this browser does not run. The numbers above and below stand.</p></noscript></section>
        {Unseen()}{models.Section(run)}
        <section aria-labelledby="repeat"><h2 id="repeat">Repeat this run</h2>
        <p>The command trains this very network again, to the last bit on processors with the same instruction set:</p>
        <pre tabindex="0"><code>{Command()}</code></pre>
        <p>Run <code>{Row.Id}</code></p>
        {Tables.Of("The settings", ["Setting", "Value"], new RunGroup([Row]).Settings())}</section>

        """);

    /// <summary>What trains this run alone.</summary>
    private string Command()
    {
        var settings = Row.Settings.Where(setting => setting.Key != "recipe" && setting.Value is not null).Select(setting => $"--set {setting.Key}={Numbers.Setting(setting.Value)}");
        return $"./goldilocks train {Row.Recipe} {string.Join(' ', settings)}";
    }

    private string Title() => Row.Phase switch
    {
        "comprehension" => "A network that understood at once",
        "grokking" => "A network that grokked",
        "memorization" => "A network that only memorised",
        "confusion" => "A network that learned nothing",
        _ => "A network in training",
    };

    private static Html Player() => Html.Of(
        $"""
        <div class="player" id="player" role="group" aria-label="Step of the training">
        <button type="button" id="play" aria-pressed="false"><span aria-hidden="true">▶</span> <span class="word">Play</span></button>
        <label for="step">Step</label><input type="range" id="step" aria-label="Step" min="0" max="1" value="0" step="1" aria-describedby="hint">
        <output id="now" for="step" aria-live="off"></output>
        <fieldset><legend>Step axis</legend><label><input type="radio" name="axis" value="linear"> linear</label> <label><input type="radio" name="axis" value="log"> logarithmic</label></fieldset>
        <div class="zoom" role="group" aria-label="Part of the step axis"><button type="button" id="closer" aria-label="Show less of the axis, around the step">+</button><button type="button" id="wider" aria-label="Show more of the axis">−</button><button type="button" id="whole">whole run</button></div>
        <div class="readout" id="readout"></div>
        </div>

        """);

    private Html Embedding() => Html.Of(
        $"""
        <div class="embedding">
        <div class="choices">{(views.Count < 2 ? default : Html.Of($"<label>The embedding <select id=\"view\">{views.Select(view => Html.Of($"<option value=\"{view.Id}\">{view.Name}</option>"))}</select></label>"))}<label id="bridges-choice" hidden><input type="checkbox" id="bridges" checked> parallelograms</label><label id="circle-choice" hidden><input type="checkbox" id="circle" checked> strongest frequency</label></div>
        <div id="embedding" role="img" aria-label="The embedding of each symbol at the chosen step, as numbered discs"></div>
        <p class="words" id="words" aria-live="off"></p>
        {Saving.Of("embedding", "the embedding")}</div>

        """);

    /// <summary>Why there is no embedding to look at.</summary>
    private Html Unseen() => views.Count > 0 || Row.Value("embedding_dimension") is not { } dimension
        ? default
        : Live is not null
        ? Html.Of($"<p class=\"note\">While this run is trained, only its curves can be watched: in its embedding {(Row.IsGroup ? "each symbol is a matrix" : $"each symbol has {Numbers.Setting(dimension)} values")}, which no chart can show as they are. What a report makes of them needs the finished run.</p>\n")
        : Html.Of($"<p class=\"note\">This run's embedding has {Numbers.Setting(dimension)} dimensions. An analyze stage with <code>components: 2</code> writes its principal components, and then they are drawn here.</p>\n");
}
