using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 7 (left): the effective dimension of the embedding during training, over seeds.</summary>
internal sealed class DimensionFigure(DimensionHistory history, double? memorised, double? generalised) : Figure
{
    public override string Id => "dimensions";

    public override string Title => "Effective dimension of the embeddings";

    public override string Alt =>
        $"Effective dimension against the training step for {Numbers.Counted(history.Runs.Count, "run")}: the median is {Numbers.Significant(Math.Round(history.Band[0].Median, 2))} at step {Numbers.Count(history.Band[0].Step)} and {Numbers.Significant(Math.Round(history.Band[^1].Median, 2))} at step {Numbers.Count(history.Band[^1].Step)}.";

    public override string Caption =>
        $"exp(S), where S is the entropy of the embedding's explained variances: how many dimensions the symbols really use. Thin: each run; thick: the median over runs, in the band that holds the middle half of them. Vertical lines: the median step of each threshold over runs (never counts as later than every step){(memorised is null || generalised is null ? "; one that most runs never reach has no line" : "")}. Logarithmic steps; step 0 has no place.";

    public override int Head => 44;

    protected override int Height => 400;

    protected override JsonObject Draw(bool interactive)
    {
        var last = Math.Max(2, history.Runs.Max(run => run.Curve.Steps[^1]));
        var x = Marks.Channel(
            "x", "Training step (optimiser updates, logarithmic)", new JsonObject { ["type"] = "log", ["domain"] = new JsonArray(1, last), ["nice"] = false },
            new JsonObject { ["labelExpr"] = "format(datum.value, datum.value < 10000 ? 'd' : ',d')", ["labelOverlap"] = "greedy", ["values"] = StepAxis.Decades(last) });
        JsonObject Y(string field) => Marks.Channel(field, "Effective dimension exp(S)", new JsonObject { ["zero"] = false, ["nice"] = true }, new JsonObject { ["tickCount"] = 7 });
        IEnumerable<JsonObject> Rows() => history.Band.Where(row => row.Step > 0).Select(row => new JsonObject { ["x"] = row.Step, ["low"] = Round(row.Low), ["y"] = Round(row.Median), ["high"] = Round(row.High) });
        var lines = history.Runs.SelectMany((run, i) => run.Curve.Steps.Zip(run.Curve.Values).Where(point => point.First > 0).Select(point => new JsonObject { ["x"] = point.First, ["y"] = Round(point.Second), ["run"] = i }));
        var rule = history.Runs[0].Run;
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                Marks.Layer(
                    lines, new JsonObject { ["type"] = "line", ["style"] = "note", ["strokeWidth"] = 0.8, ["opacity"] = history.Runs.Count > 20 ? 0.25 : 0.5, ["aria"] = false },
                    ("x", x), ("y", Y("y")), ("detail", new JsonObject { ["field"] = "run", ["type"] = "nominal" })),
                Marks.Layer(Rows(), new JsonObject { ["type"] = "area", ["style"] = Marks.Theory, ["opacity"] = 0.25 }, ("x", x), ("y", Y("low")), ("y2", new JsonObject { ["field"] = "high" })),
                Marks.Line(Rows(), x, Y("y"), Marks.Theory),
                .. memorised is { } early ? Marks.Mark(x, Math.Max(early, 1), $"{Terms.AccuracyRule(rule, "train")}: step {Numbers.Steps(early)}", "train", Height - 40, left: Late(early, last)) : [],
                .. generalised is { } late ? Marks.Mark(x, Math.Max(late, 1), $"{Terms.AccuracyRule(rule, "validation")}: step {Numbers.Steps(late)}", "validation", Height - 16, left: Late(late, last)) : [],
                .. interactive
                    ? (JsonObject[])[Marks.Layer(Rows(), new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 90, ["opacity"] = 0, ["aria"] = false }, ("x", x), ("y", Y("y")),
                        ("tooltip", Marks.Tooltip(interactive, ("x", "step", "d"), ("y", "median", ".2f"), ("low", "25 %", ".2f"), ("high", "75 %", ".2f"))))]
                    : [],
                Marks.Legend(("median and quartiles over seeds", Marks.Theory, Marks.Stroke), ("a run", "threshold", Marks.Stroke)),
            ]),
        };
    }

    private static bool Late(double step, long last) => Math.Log(Math.Max(step, 1)) > 0.55 * Math.Log(last);

    private static double Round(double value) => Math.Round(value, 3);
}
