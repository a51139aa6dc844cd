using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>How every measure's value at memorisation orders the steps to generalisation.</summary>
internal sealed class CorrelationFigure(IReadOnlyList<ForestRow> rows) : ForestFigure(rows, 0)
{
    public override string Id => "correlation";

    public override string Title => "Who tells when";

    public override string Alt =>
        $"Spearman's correlation of {Numbers.Counted(rows.Count, "measure")} at memorisation with the step of generalisation; in {rows.Count(row => row.Estimate.Side(0) != 0)} the interval excludes 0. The strongest is that of {Best.Measure.Label}, {Best.Estimate.Words}.";

    public override string Caption =>
        "Spearman's rank correlation of the value at memorisation with the step of generalisation, never counting as last. Right of 0: larger values come before later generalisation. Bars: 95 % intervals over resampled runs. Diamonds: the mean of the same correlation among runs of one weight decay; one near 0 beside a dot far from 0 tells weight decays apart, not seeds.";

    protected override (string Above, string Below) Keys => ("larger: later", "larger: sooner");

    protected override string Statistic => "correlation (95 %)";

    protected override (string Name, string Shape, JsonObject Mark)? Other =>
        ("within a weight decay", Marks.Rhombus, new() { ["type"] = "point", ["shape"] = "diamond", ["filled"] = false, ["size"] = 130, ["strokeWidth"] = 1.6, ["style"] = "note", ["opacity"] = 1, ["aria"] = false });

    /// <summary>Measures whose correlation is defined.</summary>
    public static IReadOnlyList<ForestRow> Rows(RivalData data) =>
        [.. data.Rows.Where(row => row.Rank is not null).Select(row => new ForestRow(row.Measure, row.Rank!, row.Within is { } within ? [within] : [], row.Runs))];

    protected override double Strength(double value) => Math.Abs(value);

    protected override JsonObject X() => Marks.Channel(
        "x", "Rank correlation with the step of generalisation", new JsonObject { ["domain"] = new JsonArray(-1, 1), ["nice"] = false, ["padding"] = 8 }, new JsonObject { ["tickCount"] = 5, ["format"] = "~g" });
}
