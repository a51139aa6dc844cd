using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The page of a run while it is trained, and the news that it asks for.</summary>
public static class LivePage
{
    private static readonly string[] Own = ["icon.svg", "live.css", "live.js"];

    /// <summary>What pages load from <c>assets/</c>, by name.</summary>
    /// <exception cref="IOException">The chart library is missing.</exception>
    public static IReadOnlyDictionary<string, string> Assets() =>
        PageAssets.All().Concat(Own.Select(name => (Name: name, Text: Report.Assets.Text(name)))).ToDictionary(asset => asset.Name, asset => asset.Text, StringComparer.Ordinal);

    /// <summary>The page.</summary>
    /// <param name="session">The command.</param>
    /// <param name="run">The run to show; null, or with nothing to draw: the page waits for it.</param>
    /// <param name="policy">The page's Content-Security-Policy.</param>
    public static string Write(LiveSession session, LiveRecord? run, out string policy)
    {
        var start = new Dictionary<string, JsonNode> { ["live"] = Answer(session, run, after: run?.Version) };
        if (run is { IsVisible: true }) return Page(session, run).WriteLive(Bar(session, run.Run), start, out policy);
        return new PageShell("Waiting for the first steps") { IsLive = true, Scripts = ["live.js"], Styles = ["live.css"], Data = start }.Write(
            session.Title, "As soon as a run has recorded its first states, this page draws them.", Bar(session, run?.Run), default, out policy);
    }

    /// <summary>What the page's script reads when it asks: how all stands, and the run where it has gone on.</summary>
    /// <param name="session">The command.</param>
    /// <param name="run">The run that the page shows; null: none.</param>
    /// <param name="after">Version of the run that the page has.</param>
    public static string News(LiveSession session, LiveRecord? run, long? after) => Answer(session, run, after).ToJsonString();

    private static JsonObject Answer(LiveSession session, LiveRecord? run, long? after)
    {
        var answer = new JsonObject
        {
            ["run"] = run?.Run.Id,
            ["version"] = run?.Version,
            ["visible"] = run?.IsVisible ?? false,
            ["stage"] = session.Stage.ToString().ToLowerInvariant(),
            ["told"] = LiveWords.Standing(session, run?.Run),
            ["path"] = session.Stage is LiveStage.Trained or LiveStage.Done ? session.Path : null,
            ["runs"] = new JsonArray([.. session.Runs.Select(known => new JsonObject { ["id"] = known.Id, ["name"] = $"{LiveWords.Name(known, session.Runs)} ({LiveWords.Status(known.Status)})" })]),
        };
        if (run is not { IsVisible: true } || run.Version == after) return answer;
        var page = Page(session, run);
        answer["document"] = page.Document();
        answer["head"] = page.Head();
        return answer;
    }

    private static RunPage Page(LiveSession session, LiveRecord record)
    {
        var detail = LiveDetail.Of(record);
        var input = new ReportInput { TrainFolder = "", Title = session.Title, Command = session.Command };
        return new RunPage(input, detail, [.. EmbeddingView.Direct(detail, map: null)], map: null, new ModelFiles(exportFolder: null, pageFolder: "")) { Live = record.Run.Status };
    }

    /// <summary>How it stands, and the choice among runs.</summary>
    private static Html Bar(LiveSession session, LiveRun? run) => Html.Of(
        $"""
        <div class="live" id="live-bar" data-stage="training">
        <label id="live-choice"{(session.Runs.Count < 2 ? new Html(" hidden") : default)}>Run <select id="live-run">{session.Runs.Select(known => Html.Of($"<option value=\"{known.Id}\"{(known.Id == run?.Id ? new Html(" selected") : default)}>{LiveWords.Name(known, session.Runs)} ({LiveWords.Status(known.Status)})</option>"))}</select></label>
        <p role="status"><span class="light" aria-hidden="true"></span><span id="live-told">{LiveWords.Standing(session, run)}</span> <code id="live-path"></code></p>
        </div>

        """);
}
