using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>How well every measure's value at memorisation tells the runs that generalise from those that do not.</summary>
internal sealed class ForecastFigure(IReadOnlyList<ForestRow> rows) : ForestFigure(rows, Chance)
{
    private const double Chance = 0.5;

    public override string Id => "forecast";

    public override string Title => "Who tells whether";

    public override string Alt =>
        $"Area under the receiver operating characteristic of {Numbers.Counted(rows.Count, "measure")} at memorisation for whether a run generalises; in {rows.Count(row => row.Estimate.Side(Chance) != 0)} the interval excludes 0.5. The farthest from it is that of {Best.Measure.Label}, {Best.Estimate.Words}.";

    public override string Caption =>
        "Area under the receiver operating characteristic (AUC): the probability that a run that generalises within its steps has a larger value at memorisation than one that does not. 0.5 is chance; 1 and 0 tell the two apart without error. Bars: 95 % intervals over resampled runs; where the two are told apart without error, they have no width.";

    protected override (string Above, string Below) Keys => ("larger: it does", "larger: it does not");

    protected override string Statistic => "AUC (95 %)";

    /// <summary>Measures that differ between runs.</summary>
    public static IReadOnlyList<ForestRow> Rows(RivalData data) => [.. data.Rows.Where(row => row.HasForecast).Select(row => new ForestRow(row.Measure, row.Area!, [], row.Runs))];

    protected override double Strength(double value) => Math.Abs(value - Chance);

    protected override JsonObject X() => Marks.Channel(
        "x", "AUC: whether the run generalises", new JsonObject { ["domain"] = new JsonArray(0, 1), ["nice"] = false, ["padding"] = 8 }, new JsonObject { ["tickCount"] = 5, ["format"] = "~g" });
}
