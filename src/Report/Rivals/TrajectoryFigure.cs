using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The course of a measure in runs of one weight decay, with the median steps of memorisation and generalisation.</summary>
/// <param name="measure">What is drawn.</param>
/// <param name="group">The runs.</param>
/// <param name="series">Columns and their colours.</param>
/// <param name="isNamed">Whether the median steps are named, and the colours with them.</param>
internal sealed class TrajectoryFigure(RivalMeasure measure, DecayRuns group, IReadOnlyList<(string Column, string Kind)> series, bool isNamed = false) : Figure
{
    private readonly StepAxis _axis = new(Math.Max(2, group.Runs.Max(run => run.Row.Steps)), logarithmic: true);

    public override string Id => $"course-{measure.Column.Replace('_', '-')}";

    public override string Title => Terms.Capital(measure.Label);

    public override string Alt =>
        $"{Title} against the training step in {Numbers.Counted(group.Runs.Count, "run")}: the median is {Significant(Ends(first: true))} at the first checkpoint and {Significant(Ends(first: false))} at the last.";

    public override string Caption => isNamed
        ? $"{Terms.Capital(measure.Meaning)}, in {Numbers.Counted(group.Runs.Count, "run")} with {group.Words}, a line each: blue the training samples, orange the others. Dashed lines, here and in the charts below: median steps of memorisation (blue) and generalisation (orange){(group.Memorised is null || group.Generalised is null ? "; one that most runs never reach has no line" : "")}. {_axis.Note}"
        : $"{measure.Account}: {measure.Meaning}.";

    public override int Gutter => 90;

    protected override int Height => 190;

    private bool IsLogarithmic => measure.IsLogarithmic && Values.All(value => value > 0);

    private IEnumerable<double> Values => group.Runs.SelectMany(run => series.SelectMany(one => Shown(run.CurveOf(one.Column)))).Select(point => point.Value);

    protected override JsonObject Draw(bool interactive)
    {
        var y = IsLogarithmic
            ? Marks.Channel("y", measure.Titled, new JsonObject { ["type"] = "log", ["nice"] = true }, new JsonObject { ["format"] = "~g", ["labelOverlap"] = "greedy", ["values"] = Layers.Decades([.. Values]) })
            : Marks.Channel("y", measure.Titled, isNamed ? Roomy() : new JsonObject { ["zero"] = false, ["nice"] = true }, isNamed ? new JsonObject { ["values"] = new JsonArray(0, 0.2, 0.4, 0.6, 0.8, 1) } : new JsonObject { ["tickCount"] = 5, ["format"] = "~r" });
        var x = _axis.Encode();
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                .. series.Select(one => Lines(one.Column, one.Kind, x, y, interactive)),
                .. Event(group.Memorised, "train", x),
                .. Event(group.Generalised, "validation", x),
                .. isNamed ? (JsonObject[])[.. Name(group.Memorised, "memorised", "train", 8, x), .. Name(group.Generalised, "generalised", "validation", 25, x)] : [],
            ]),
        };
    }

    private JsonObject Lines(string column, string kind, JsonObject x, JsonObject y, bool interactive) => Marks.Layer(
        group.Runs.SelectMany((run, i) => Shown(run.CurveOf(column)).Select(point => new JsonObject { ["step"] = point.Step, ["y"] = Round(point.Value), ["run"] = i, ["seed"] = run.Row.Integer("seed") })),
        new JsonObject { ["type"] = "line", ["style"] = kind, ["strokeWidth"] = 1.3, ["opacity"] = group.Runs.Count > 8 ? 0.45 : 0.7 },
        ("x", x), ("y", y), ("detail", new JsonObject { ["field"] = "run", ["type"] = "nominal" }), ("tooltip", Marks.Tooltip(interactive, ("step", "step", "d"), ("y", measure.Label, ".4~g"), ("seed", "seed", "d"))));

    /// <summary>From 0 to 1 with room for names above.</summary>
    private static JsonObject Roomy() => new() { ["domain"] = new JsonArray(-0.02, 1.25), ["nice"] = false };

    private static IEnumerable<JsonObject> Event(double? step, string kind, JsonObject x) => step is { } at && at >= 1
        ? [Marks.Layer([new JsonObject { ["step"] = at }], new JsonObject { ["type"] = "rule", ["style"] = new JsonArray("event", kind), ["opacity"] = 0.8 }, ("x", x))]
        : [];

    private IEnumerable<JsonObject> Name(double? step, string name, string kind, int top, JsonObject x)
    {
        if (step is not { } at || at < 1) yield break;
        var late = _axis.IsLate((long)at);
        foreach (var style in (string[])["halo", kind])
        {
            yield return Marks.Layer(
                [new JsonObject { ["step"] = at }],
                new JsonObject { ["type"] = "text", ["style"] = new JsonArray("label", style), ["text"] = $"{name}: {Numbers.Steps(at)}", ["align"] = late ? "right" : "left", ["baseline"] = "middle", ["dx"] = late ? -6 : 6 },
                ("x", x), ("y", new JsonObject { ["value"] = top }));
        }
    }

    private IEnumerable<(long Step, double Value)> Shown(Curve curve) => curve.Steps.Zip(curve.Values).Where(point => _axis.Shows(point.First)).Select(point => (point.First, point.Second));

    private double Ends(bool first) => Statistics.Median(group.Runs.Select(run => run.CurveOf(series[^1].Column).Values).Where(values => values.Count > 0).Select(values => first ? values[0] : values[^1]));

    private static string Significant(double value) => double.IsFinite(value) ? value.ToString("G3", System.Globalization.CultureInfo.InvariantCulture) : Numbers.None;

    private static double Round(double value) => double.Parse(value.ToString("G5", System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
}
