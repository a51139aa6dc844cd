using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 20: by what factor the validation accuracy comes later than the training accuracy, against a swept parameter.</summary>
/// <param name="series">At least one.</param>
/// <param name="x">The channel of the parameter, on the field x.</param>
/// <param name="parameter">The parameter in words, for tooltips.</param>
/// <param name="legendTitle">Before the legend.</param>
internal sealed class RelativeDelayFigure(IReadOnlyList<StepSeries> series, JsonObject x, string parameter, string legendTitle) : Figure
{
    public override string Id => "delay";

    public override string Title => "Relative delay";

    public override string Alt => $"Relative delay of the validation accuracy against {parameter}, one disc per run that reaches both accuracies, a line through the medians for each {legendTitle}.";

    public override string Caption =>
        $"(v + 1)/(t + 1) of the steps v and t at which a run reaches the validation and the training accuracy, logarithmic; 1 (dotted) is no delay, and below it validation came first. Discs and medians are of the {Numbers.Of(Both.Count(), series.Sum(one => one.Points.Count))} runs that reach both.";

    public override int Head => 44;

    protected override int Height => 340;

    private IEnumerable<Delay> Both => series.SelectMany(one => one.Points).Select(point => Delay.Of(point.Run)).OfType<Delay>();

    protected override JsonObject Draw(bool interactive)
    {
        double[] ratios = [.. Both.Select(delay => delay.Ratio).Append(1)];
        var (from, to) = (NeverAxis.Nice(ratios.Min() / 1.2, up: false), NeverAxis.Nice(ratios.Max() * 1.2, up: true));
        List<double> ticks = [from];
        while (ticks[^1] < to * 0.999) ticks.Add(NeverAxis.Nice(ticks[^1] * 1.5, up: true));
        var y = Marks.Channel(
            "y", "Relative delay (logarithmic)", new JsonObject { ["type"] = "log", ["domain"] = new JsonArray(from, to), ["nice"] = false },
            new JsonObject { ["values"] = new JsonArray([.. ticks.Select(tick => (JsonNode)tick)]), ["format"] = "~g", ["labelOverlap"] = "greedy" });
        var colour = StepSeriesFigure.Colour(series, isOrdered: true, legendTitle);
        return new JsonObject
        {
            ["layer"] = new JsonArray(
                Marks.Layer([new JsonObject { ["y"] = 1 }], new JsonObject { ["type"] = "rule", ["style"] = "threshold" }, ("y", y)),
                Marks.Layer(series.SelectMany(Medians), new JsonObject { ["type"] = "line", ["style"] = "curve" }, ("x", x), ("y", y), ("color", colour)),
                Marks.Layer(
                    series.SelectMany(Discs), new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 42, ["opacity"] = 0.7 }, ("x", x), ("y", y), ("color", colour),
                    ("tooltip", Marks.Tooltip(interactive, ("name", legendTitle, null), ("x", parameter, "d"), ("seed", "seed", "d"), ("gap", "delay (steps)", "d"), ("y", "relative delay", ".3~g"), ("run", "run", null))))),
        };
    }

    /// <summary>Medians over the runs that reach both; null, a gap in the line, where none does.</summary>
    private static IEnumerable<JsonObject> Medians(StepSeries one) => one.Points.GroupBy(point => point.X).OrderBy(group => group.Key).Select(group => new JsonObject
    {
        ["x"] = group.Key, ["y"] = Layers.Number(Statistics.Median(group.Select(point => Delay.Of(point.Run)).OfType<Delay>().Select(delay => delay.Ratio))), ["name"] = one.Name,
    });

    private static IEnumerable<JsonObject> Discs(StepSeries one) => one.Points.Where(point => Delay.Of(point.Run) is not null).Select(point => new JsonObject
    {
        ["x"] = point.X, ["y"] = Delay.Of(point.Run)!.Ratio, ["gap"] = Delay.Of(point.Run)!.Gap, ["name"] = one.Name, ["seed"] = point.Run.Integer("seed"), ["run"] = point.Run.ShortId,
    });
}
