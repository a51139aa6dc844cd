using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 5 (b): predicted against measured steps to the line.</summary>
internal sealed class PredictionFigure(PredictionQuality quality) : Figure
{
    public override string Id => $"prediction-{quality.Convention}";

    public override string Title => $"Predicted and measured, {quality.Convention} convention";

    public override string Alt =>
        $"Measured steps to RQI > 0.95 against predicted steps 3 n_h, {quality.Convention} convention, both logarithmic, with bands for runs that never got there and for training sets that determine no line.";

    public override string Caption =>
        $"First step with RQI > 0.95 against 3 nₕ = 3/(λ₃ η), one disc per run, both axes logarithmic; {Equality} {quality.Words} Upper band: never got there. Right band: the training set determines no line, so that the theory predicts none.";

    protected override int Height => 340;

    private string Equality
    {
        get
        {
            var both = quality.Runs.Where(run => run.Predicted is not null && run.Run.RqiStep is not null).ToArray();
            return Array.Exists(both, run => run.Predicted <= run.Run.RqiStep) && Array.Exists(both, run => run.Predicted >= run.Run.RqiStep)
                ? "on the dotted line both are equal."
                : "all runs lie on one side of equality (dotted, where the axes reach it).";
        }
    }

    public override int Head => 56;

    protected override JsonObject Draw(bool interactive)
    {
        var runs = quality.Runs;
        var (predicted, measured) = (
            new NeverAxis(runs.Where(run => run.Predicted is not null).Select(run => run.Predicted!.Value), runs.Any(run => run.Predicted is null)),
            new NeverAxis(runs.Where(run => run.Run.RqiStep is not null).Select(run => (double)run.Run.RqiStep!.Value), runs.Any(run => run.Run.RqiStep is null)));
        var x = predicted.Channel("x", "Predicted steps 3 nₕ (logarithmic)");
        var y = measured.Channel("y", "Measured steps to RQI > 0.95 (logarithmic)");
        var rows = runs.Select((run, rank) => new JsonObject
        {
            ["x"] = predicted.Place(run.Predicted, Spread(rank, 0.6180339887498949)), ["y"] = measured.Place(run.Run.RqiStep, Spread(rank, 0.7548776662466927)),
            ["fraction"] = run.Run.Fraction, ["samples"] = run.Run.TrainSamples, ["seed"] = run.Run.Seed,
            ["predicted"] = run.Predicted is { } steps ? Numbers.Steps(steps) : "no line", ["measured"] = Numbers.StepOrNever(run.Run.RqiStep),
        });
        var discs = Marks.Discs(rows, x, y, Marks.Ours, Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("seed", "seed", "d"), ("predicted", "predicted", null), ("measured", "measured", null)), opacity: 0.8);
        discs["encoding"]!["color"] = new JsonObject
        {
            ["field"] = "fraction", ["type"] = "quantitative", ["scale"] = new JsonObject { ["domain"] = new JsonArray(0, 1), ["range"] = "ramp" },
            ["legend"] = new JsonObject
            {
                ["title"] = "training data fraction", ["titleFontSize"] = 12, ["titleLimit"] = 300, ["titleFontWeight"] = "normal", ["labelFontSize"] = 11, ["format"] = ".1f", ["orient"] = "top", ["direction"] = "horizontal",
                ["gradientLength"] = 180, ["gradientThickness"] = 9, ["tickCount"] = 5,
            },
        };
        var (from, to) = (Math.Max(predicted.From, measured.From), Math.Min(predicted.End, measured.End));
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                .. measured.Band(y, vertical: true, "never"),
                .. predicted.Band(x, vertical: false, "no unique line"),
                .. from < to ? [Marks.Identity(x, y, from, to)] : (JsonObject[])[],
                discs,
            ]),
        };
    }

    /// <summary>A place from 0 to 1, differing for neighbours.</summary>
    private static double Spread(int rank, double stride) => rank * stride % 1;
}
