using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Steps until something happened against a setting: a disc for each run, the median as a line, and a band for never.</summary>
internal sealed class StepsByFigure(string id, string title, IReadOnlyList<(string Name, string Kind, IReadOnlyList<(double X, long? Steps)> Runs)> groups) : Figure
{
    public override string Id => id;

    public override string Title => title;

    public override string Alt => $"Chart: {Words}";

    public override string Caption => $"{Words} One disc for each run; lines join the medians, which are drawn where they exist (never counts as later than every step).";

    public required string Words { get; init; }

    public required string XTitle { get; init; }

    public required string YTitle { get; init; }

    /// <summary>Whether the setting is drawn on a logarithmic axis.</summary>
    public bool IsLogarithmic { get; init; }

    public override int Head => 66;

    protected override JsonObject Draw(bool interactive)
    {
        var runs = groups.SelectMany(group => group.Runs).ToArray();
        var axis = new NeverAxis(runs.Where(run => run.Steps is not null).Select(run => (double)run.Steps!), runs.Any(run => run.Steps is null), mayBeLinear: true);
        var (from, to) = (runs.Min(run => run.X), runs.Max(run => run.X));
        var x = Marks.Channel("x", XTitle, IsLogarithmic
            ? new JsonObject { ["type"] = "log", ["domain"] = new JsonArray(from / 1.3, to * 1.3), ["nice"] = false }
            : new JsonObject { ["domain"] = new JsonArray(from, Math.Max(to, from + 1e-9)), ["nice"] = false, ["padding"] = 12 }, new JsonObject { ["labelOverlap"] = "greedy" });
        var y = axis.Channel("y", axis.Logarithmic ? $"{YTitle} (logarithmic)" : YTitle);
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                .. axis.Band(y, vertical: true, "never"),
                .. groups.Select(group => Marks.Line(Medians(group.Runs), x, y, group.Kind)),
                .. groups.Select(group => Marks.Discs(
                    group.Runs.Select((run, rank) => new JsonObject { ["x"] = run.X, ["y"] = axis.Place(run.Steps, rank * 0.618 % 1), ["step"] = Numbers.StepOrNever(run.Steps), ["name"] = group.Name }),
                    x, y, group.Kind, Marks.Tooltip(interactive, ("name", "what", null), ("x", "at", "~g"), ("step", "step", null)))),
                Marks.Legend([.. groups.Select(group => (group.Name, group.Kind, Marks.Disc))]),
            ]),
        };
    }

    private static IEnumerable<JsonObject> Medians(IEnumerable<(double X, long? Steps)> runs) => runs.GroupBy(run => run.X).OrderBy(group => group.Key)
        .Select(group => (group.Key, Median: Statistics.Median(group.Select(run => run.Steps is { } steps ? Math.Max(steps, 1) : double.PositiveInfinity))))
        .Where(one => double.IsFinite(one.Median)).Select(one => new JsonObject { ["x"] = one.Key, ["y"] = one.Median });
}
