using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 4 (b): after how many steps the representation is a line.</summary>
internal sealed class StepsFigure(IReadOnlyList<SizeGroup> groups, IReadOnlyList<StoredRun> stored, double? critical) : Figure
{
    /// <summary>Runs of one size that need no spreading.</summary>
    private const int Few = 5;

    private readonly double? _transition = SizeGroup.Transition(groups);

    public override string Id => "steps";

    public override string Title => "Networks: steps to the line";

    public override string Alt =>
        $"Steps until RQI exceeds 0.95 against the training data fraction, one point per run, the runs that never got there in a band above; from a fraction of {Numbers.Fraction(_transition)} on more than half get there.";

    public override string Caption =>
        $"First step with RQI > 0.95, one disc per run{Spread}; the line is the median over seeds, drawn where it exists (never counts as later than every step). The band holds the runs that never got there. {Rings}{Transition}".Trim();

    private string Spread => groups.Any(group => group.Runs.Count > Few) ? " (spread sideways a little to be seen)" : "";

    private string Rings => stored.Count > 0 ? $"Rings: the authors' {stored.Count} stored runs. " : "";

    private string Transition => _transition is { } from
        ? $"From a fraction of {Numbers.Fraction(from)} on, more than half of the runs get there at every size (dashed mark); the theory's r_c is dotted."
        : "At no range of sizes do more than half of the runs get there.";

    public override int Head => 44;

    protected override JsonObject Draw(bool interactive)
    {
        var runs = groups.SelectMany(group => group.Runs).ToArray();
        var hasNever = runs.Any(run => run.RqiStep is null) || stored.Any(run => run.RqiStep is null);
        var axis = new NeverAxis(
            runs.Select(run => (double?)run.RqiStep).Concat(stored.Select(run => (double?)run.RqiStep)).Where(step => step is not null).Select(step => step!.Value), hasNever, mayBeLinear: true);
        var x = Marks.FractionX();
        var y = axis.Channel("y", axis.Logarithmic ? "Steps to RQI > 0.95 (logarithmic)" : "Steps to RQI > 0.95");
        IEnumerable<JsonObject> Medians() => groups.Select(group => new JsonObject { ["x"] = group.Fraction, ["y"] = group.MedianStep, ["samples"] = group.Samples });
        var rings = stored.Select(run => new JsonObject
        {
            ["x"] = run.Fraction, ["y"] = axis.Place(run.RqiStep, Share(run.Seed, Few)), ["samples"] = run.TrainSamples, ["seed"] = run.Seed, ["step"] = Numbers.StepOrNever(run.RqiStep),
        });
        (string, string, string)[] legend = [("a run", Marks.Ours, Marks.Disc), ("median over seeds", Marks.Ours, Marks.Stroke)];
        if (stored.Count > 0) legend = [.. legend, ("the authors' runs", Marks.Authors, Marks.Ring)];
        var budgets = runs.Select(run => run.Steps).Distinct().ToArray();
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                .. axis.Band(y, vertical: true, budgets.Length == 1 ? $"never in {Numbers.Counted(budgets[0], "step")}" : "never"),
                Marks.Line(Medians(), x, y, Marks.Ours),
                // A median between sizes that have none is no part of a line.
                Marks.Layer(Medians().Where(row => row["y"] is not null), new JsonObject { ["type"] = "tick", ["style"] = Marks.Ours, ["size"] = 20, ["thickness"] = 2.4, ["orient"] = "horizontal" }, ("x", x), ("y", y)),
                Marks.Rings(rings, x, y, Marks.Authors, Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("seed", "authors' seed", "d"), ("step", "step", null))),
                Marks.Discs(groups.SelectMany(group => group.Runs.Select((run, rank) => Row(axis, group, run, rank))), x, y, Marks.Ours,
                    Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("fraction", "fraction", ".3f"), ("seed", "seed", "d"), ("step", "step", null)), opacity: 0.55),
                .. critical is { } value ? Marks.Mark(x, value, $"r_c = {Numbers.Fraction(value)}", "threshold", Height - 36, left: true) : [],
                .. _transition is { } from ? Marks.Mark(x, from, $"> half from {Numbers.Fraction(from)}", Marks.Ours, Height - 14) : [],
                Marks.Legend(legend),
            ]),
        };
    }

    private JsonObject Row(NeverAxis axis, SizeGroup group, RunRow run, int rank)
    {
        var width = group.Runs.Count > Few ? 0.6 * Gap() : 0;
        return new JsonObject
        {
            ["x"] = Math.Clamp(group.Fraction + (width * (Share(rank, group.Runs.Count) - 0.5)), 0, 1), ["y"] = axis.Place(run.RqiStep, group.Runs.Count <= Few ? Share(rank, Few) : rank * 0.7548776662466927 % 1),
            ["fraction"] = group.Fraction, ["samples"] = group.Samples, ["seed"] = run.Seed, ["step"] = Numbers.StepOrNever(run.RqiStep),
        };
    }

    /// <summary>Places from 0 to 1 that differ for neighbouring ranks; evenly spaced for few.</summary>
    private static double Share(long rank, int count) => count <= Few ? rank % Few / (double)(Few - 1) : rank * 0.6180339887498949 % 1;

    /// <summary>The least distance between sizes.</summary>
    private double Gap() => Math.Min(0.04, groups.Zip(groups.Skip(1), (a, b) => b.Fraction - a.Fraction).DefaultIfEmpty(0.04).Min());
}
