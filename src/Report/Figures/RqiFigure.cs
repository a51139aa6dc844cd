using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Representation quality against the step.</summary>
internal sealed class RqiFigure(RunDetail run) : Figure
{
    private readonly StepAxis _axis = new(run.Row);

    public override string Id => "rqi";

    public override string Title => "Representation quality (RQI)";

    public override string Alt =>
        $"Line chart of the representation quality index against training step. It exceeds {Numbers.Fraction(run.Row.RqiThreshold)} at step {Numbers.StepOrNever(run.Row.RqiStep)} and ends at {Numbers.Fraction(run.Row.Number("final_rqi"))}.";

    public override string Caption =>
        $"Representation quality index: the share of {(run.Row.Addition is { } task ? $"the {Numbers.Count(task.Parallelograms)} possible" : "all possible")} parallelograms that the embeddings form, {Tolerance}. {_axis.Note}".Trim();

    protected override int Height => 280;

    private string Tolerance => (run.Row.IsGroup, run.Row.IsReferenceConvention) switch
    {
        (true, true) => "counted when the squared difference of the two matrix products, averaged over their entries, is below 0.5, with all matrices divided by the root mean square of their entries",
        (true, false) => "counted when the squared distance of the two matrix products is at most 0.01, with all matrices divided by the root mean square of their entries",
        (false, true) => "counted when the squared distance of the two sums, averaged over dimensions of the normalised embedding, is below 0.01",
        (false, false) => "counted when the two sums of the normalised embedding are at most 0.01 apart",
    };

    protected override JsonObject Draw(bool interactive)
    {
        var y = Layers.Y("RQI (fraction of parallelograms)", new JsonObject { ["domain"] = new JsonArray(0, 1), ["nice"] = false }, new JsonObject { ["format"] = ".1f", ["tickCount"] = 6 });
        return new JsonObject
        {
            ["data"] = WideRows.Of(_axis, [("rqi", run.Rqi)]),
            ["layer"] = new JsonArray(
            [
                .. Layers.Threshold(y, run.Row.RqiThreshold, Numbers.Fraction(run.Row.RqiThreshold)),
                new JsonObject
                {
                    ["transform"] = new JsonArray(new JsonObject { ["filter"] = "isValid(datum.rqi)" }, new JsonObject { ["calculate"] = "datum.rqi", ["as"] = "value" }),
                    ["mark"] = new JsonObject { ["type"] = "line", ["style"] = new JsonArray("curve", "rqi") },
                    ["encoding"] = new JsonObject { ["x"] = _axis.Encode(), ["y"] = y.DeepClone() },
                },
                .. Layers.Milestones(_axis, new Milestone(run.Row.RqiStep, $"{Terms.RqiRule(run.Row)} at step {Numbers.StepOrNever(run.Row.RqiStep)}", "rqi", Height - 26)),
                .. Layers.Pointer(interactive, _axis, ("rqi", "RQI", ".3f")),
            ]),
        };
    }
}
