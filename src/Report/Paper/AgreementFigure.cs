using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 3 (c): measured against predicted accuracy.</summary>
internal sealed class AgreementFigure(IReadOnlyList<Outcome> outcomes, IReadOnlyList<StoredRun> stored, double correlation) : Figure
{
    public override string Id => "agreement";

    public override string Title => "Measured against predicted";

    public override string Alt => $"Measured accuracy against predicted accuracy, one point per run; their correlation is {Numbers.Fraction(correlation)}.";

    public override string Caption =>
        $"Each disc is a run, on the dotted line where prediction and measurement are equal. Pearson's correlation is {Numbers.Fraction(correlation)}; equal in {Numbers.Of(outcomes.Count(outcome => outcome.Agrees), outcomes.Count)} runs; the largest difference is {Numbers.Fraction(outcomes.Max(outcome => outcome.Difference))}.{(stored.Count > 0 ? $" Rings: the authors' {stored.Count} stored runs." : "")}";

    public override int Head => 26;

    protected override JsonObject Draw(bool interactive)
    {
        var x = Marks.Channel("x", "Predicted accuracy Acc^", Marks.Unit(), Marks.Tenths());
        var y = Marks.ShareY("Measured accuracy Acc");
        var rings = stored.Select(run => new JsonObject { ["x"] = run.PredictedAccuracy, ["y"] = run.Accuracy, ["samples"] = run.TrainSamples, ["seed"] = run.Seed });
        var discs = outcomes.Select(outcome => new JsonObject
        {
            ["x"] = outcome.Predicted, ["y"] = outcome.Accuracy, ["samples"] = outcome.Run.TrainSamples, ["seed"] = outcome.Run.Seed,
        });
        (string, string, string)[] legend = [("a run", Marks.Ours, Marks.Disc)];
        if (stored.Count > 0) legend = [.. legend, ("the authors' runs", Marks.Authors, Marks.Ring)];
        return new JsonObject
        {
            ["layer"] = new JsonArray(
                Marks.Identity(x, y, 0, 1),
                Marks.Rings(rings, x, y, Marks.Authors, Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("seed", "authors' seed", "d"), ("x", "Acc^", ".4f"), ("y", "Acc", ".4f"))),
                Marks.Discs(discs, x, y, Marks.Ours, Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("seed", "seed", "d"), ("x", "Acc^", ".4f"), ("y", "Acc", ".4f"))),
                Marks.Legend(legend)),
        };
    }
}
