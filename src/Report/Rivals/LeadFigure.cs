using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>How much earlier than the validation accuracy every measure moves.</summary>
internal sealed class LeadFigure(IReadOnlyList<ForestRow> rows) : ForestFigure(rows, 1)
{
    public override string Id => "lead";

    public override string Title => "Who moves first";

    public override string Alt =>
        $"The half-way step of the validation accuracy divided by that of each of {Numbers.Counted(rows.Count, "measure")}: {rows.Count(row => row.Estimate.Value > 1)} have a median above 1, {rows.Count(row => row.Estimate.Value < 1)} below. The largest is that of {Best.Measure.Label}, {Numbers.Parameter(Best.Estimate.Value)}.";

    public override string Caption =>
        "Half-way steps: where a measure, and the validation accuracy, have done half of their way from memorisation to the end of training. Dots: median over the runs that memorise first and generalise later; bars: their middle half; rings: single runs. Right of 1 the measure is first; colours say that the whole bar is on one side. Logarithmic and symmetric: 1/2 is as late as 2 is early.";

    protected override (string Above, string Below) Keys => ("earlier", "later");

    protected override string Statistic => "factor (quartiles)";

    protected override (string Name, string Shape, JsonObject Mark)? Other =>
        ("a run", Marks.Ring, new() { ["type"] = "point", ["filled"] = false, ["size"] = 18, ["strokeWidth"] = 1, ["style"] = "note", ["opacity"] = 0.55, ["aria"] = false });

    /// <summary>Measures with a lead: medians from the table, quartiles over the runs.</summary>
    public static IReadOnlyList<ForestRow> Rows(RivalData data) =>
    [
        .. data.Rows.Where(row => row.Factor is not null).Select(row =>
        {
            double[] factors = [.. data.Runs.Select(run => run.Factor(row.Measure.Column)).OfType<double>()];
            double? Quartile(double share) => factors.Length > 0 ? Statistics.Quantile(factors, share) : null;
            return new ForestRow(row.Measure, new Estimate(row.Factor!.Value, Quartile(0.25), Quartile(0.75)), factors, row.LeadRuns);
        }),
    ];

    protected override double Strength(double value) => value;

    protected override JsonObject X()
    {
        var most = rows.SelectMany(row => row.Others.Append(row.Estimate.Value)).Max(value => Math.Abs(Math.Log2(value)));
        var (doublings, step) = (Math.Max(1, (int)Math.Ceiling(most)), Math.Max(1, (int)Math.Ceiling(most / 4)));
        var (end, ticks) = (Math.Pow(2, Math.Max(1, most)), Enumerable.Range(-doublings, (2 * doublings) + 1).Where(power => power % step == 0 && Math.Abs(power) <= Math.Max(1, most)));
        return Marks.Channel(
            "x", "Half-way step: accuracy / measure (logarithmic)", new JsonObject { ["type"] = "log", ["base"] = 2, ["domain"] = new JsonArray(1 / end, end), ["nice"] = false, ["padding"] = 8 },
            new JsonObject { ["values"] = new JsonArray([.. ticks.Select(power => (JsonNode)Math.Pow(2, power))]), ["labelExpr"] = "datum.value < 1 ? '1/' + format(1 / datum.value, 'd') : format(datum.value, 'd')", ["labelOverlap"] = "greedy", ["labelSeparation"] = 6 });
    }
}
