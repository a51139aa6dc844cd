using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 3 (a) and (b): measured or predicted accuracy against the size of the training set.</summary>
internal sealed class AccuracyByFractionFigure(IReadOnlyList<Outcome> outcomes, IReadOnlyList<StoredRun> stored, bool measured) : Figure
{
    private readonly string _symbol = measured ? "Acc" : "Acc^";

    public override string Id => measured ? "measured" : "predicted";

    public override string Title => measured ? "Measured accuracy" : "Predicted accuracy";

    public override string Alt =>
        $"{Title} over all pairs against the training data fraction, one point per run, with the mean over seeds and the mean ideal accuracy.";

    public override string Caption =>
        $"{(measured ? "Acc: the share of all pairs, shown or not, that the network answers right at the end" : "Acc^: the share of all pairs that the parallelograms in its embedding let it answer")}, one disc per run; solid the mean over seeds, dashed the mean of what the training sets allow (ideal accuracy).{(stored.Count > 0 ? $" Rings: the authors' {stored.Count} stored runs." : "")}";

    public override int Head => 44;

    protected override JsonObject Draw(bool interactive)
    {
        double Value(Outcome outcome) => measured ? outcome.Accuracy : outcome.Predicted;
        var (x, y) = (Marks.FractionX(), Marks.ShareY($"{Title} {_symbol} (share of all pairs)"));
        IEnumerable<JsonObject> Means(Func<Outcome, double> value) => outcomes.GroupBy(outcome => outcome.Run.Fraction).OrderBy(group => group.Key)
            .Select(group => new JsonObject { ["x"] = group.Key, ["y"] = group.Average(value) });
        var rings = stored.Select(run => new JsonObject
        {
            ["x"] = run.Fraction, ["y"] = measured ? run.Accuracy : run.PredictedAccuracy, ["samples"] = run.TrainSamples, ["seed"] = run.Seed,
        });
        var discs = outcomes.Select(outcome => new JsonObject
        {
            ["x"] = outcome.Run.Fraction, ["y"] = Value(outcome), ["samples"] = outcome.Run.TrainSamples, ["seed"] = outcome.Run.Seed, ["ideal"] = outcome.Ideal,
        });
        (string, string, string)[] legend = [("a run", Marks.Ours, Marks.Disc), ("mean over seeds", Marks.Ours, Marks.Stroke), ("ideal, mean", Marks.Theory, Marks.Dashes)];
        if (stored.Count > 0) legend = [.. legend, ("the authors' runs", Marks.Authors, Marks.Ring)];
        return new JsonObject
        {
            ["layer"] = new JsonArray(
                Marks.Line(Means(outcome => outcome.Ideal), x, y, Marks.Theory, dashed: true),
                Marks.Line(Means(Value), x, y, Marks.Ours),
                Marks.Rings(rings, x, y, Marks.Authors, Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("seed", "authors' seed", "d"), ("y", _symbol, ".4f"))),
                Marks.Discs(discs, x, y, Marks.Ours, Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("seed", "seed", "d"), ("y", _symbol, ".4f"), ("ideal", "ideal", ".4f"))),
                Marks.Legend(legend)),
        };
    }
}
