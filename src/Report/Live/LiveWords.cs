using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>What the page of a run in training says, made from its numbers.</summary>
internal static class LiveWords
{
    /// <summary>What is said of a threshold that may still be reached.</summary>
    public const string NotYet = "not yet";

    /// <summary>The result so far or, of a finished run, the result.</summary>
    public static string Lead(RunDetail run, LiveStatus status)
    {
        if (status == LiveStatus.Finished) return PhaseSummary.Of(run);
        var (train, validation) = (Last(run.TrainAccuracy), Last(run.ValidationAccuracy));
        var others = validation is { } share ? $", and {Numbers.Percent(share)} of {Terms.UnseenPairs(run.Row)}" : "";
        return $"After {Numbers.Counted(run.Row.Steps, "step")} the network gives the right answer for {Numbers.Percent(train)} of {Terms.TrainPairs(run.Row)}{others}.";
    }

    /// <summary>What a run is called among others: its short name, its seed and whatever else tells them apart.</summary>
    public static string Name(LiveRun run, IReadOnlyList<LiveRun> all)
    {
        var different = run.Settings.Where(setting => setting.Key == "seed" || all.Any(other => !Equals(setting.Value, Value(other, setting.Key))));
        return string.Join(", ", [RunRow.Short(run.Id), .. different.OrderBy(setting => setting.Key != "seed").Select(setting => $"{setting.Key} {Numbers.Setting(setting.Value)}")]);
    }

    /// <summary>How a run stands, in a word.</summary>
    public static string Status(LiveStatus status) => status switch
    {
        LiveStatus.Training => "in training",
        LiveStatus.Finished => "finished",
        _ => "failed",
    };

    /// <summary>How it all stands, in a sentence or two.</summary>
    /// <param name="session">The command.</param>
    /// <param name="run">The run that is shown; null: none yet.</param>
    public static string Standing(LiveSession session, LiveRun? run)
    {
        var others = session.Runs.Count(other => other.Status == LiveStatus.Training && other.Id != run?.Id);
        string Choose(string also) => others == 0 ? "" : $" {Numbers.Counted(others, "other run")} {(others == 1 ? "is" : "are")}{also}: choose {(others == 1 ? "it" : "one")} to watch.";
        return (session.Stage, run?.Status) switch
        {
            (LiveStage.Failed, _) => "Something went wrong; the terminal says what.",
            (LiveStage.Trained, _) when session.HasReport => "Training is over. The report is being made, and will lie at",
            (LiveStage.Trained or LiveStage.Done, _) => session.HasReport ? "Training is over. The report lies at" : "Training is over. The tables lie in",
            (_, null) => "Waiting: nothing has been recorded yet.",
            (_, LiveStatus.Training) => $"This run is in training.{Choose(", too")}",
            (_, LiveStatus.Finished) => $"This run is finished.{Choose(" in training")}",
            _ => $"This run has failed; the terminal says why.{Choose(" in training")}",
        };
    }

    /// <summary>What the page's head says of a run.</summary>
    public static JsonObject Head(RunDetail run, LiveStatus status, string title) => new()
    {
        ["title"] = title,
        ["lead"] = Lead(run, status),
        ["phase"] = run.Row.Phase,
        ["train"] = Step(run.Row.TrainStep),
        ["validation"] = Step(run.Row.ValidationStep),
        ["rqi"] = Step(run.Row.RqiStep),
        ["missing"] = Missing(status),
    };

    public static string Missing(LiveStatus status) => status == LiveStatus.Training ? NotYet : "never";

    private static string? Step(long? step) => step is { } reached ? Numbers.Count(reached) : null;

    private static object? Value(LiveRun run, string setting) => run.Settings.FirstOrDefault(known => known.Key == setting).Value;

    private static double? Last(Curve curve) => curve.Values.Count > 0 ? curve.Values[^1] : null;
}
