using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 4 (a): how probably a random training set determines the line.</summary>
internal sealed class CriticalFigure(IReadOnlyList<CriticalPoint> points, double? critical) : Figure
{
    public override string Id => "probability";

    public override string Title => "Theory: a unique line?";

    public override string Alt =>
        $"Probability that a random training set determines a unique linear structure, against the training data fraction; it passes one half at {Numbers.Fraction(critical)}.";

    public override string Caption =>
        $"Probability that random pairs leave only lines as solutions (nullity 2), over {Numbers.Count(points.Max(point => point.Draws))} draws for each size, with 95 % Wilson intervals as a band. {Authors}The dotted line is where it passes one half{(critical is null ? " (nowhere here)" : $", r_c = {Numbers.Fraction(critical)}")}.";

    private string Authors => points.Any(point => point.AuthorsShare is not null)
        ? $"Rings: the authors' own counts, of {Numbers.Count(points.Max(point => point.AuthorsDraws ?? 0))} draws each. "
        : "";

    public override int Head => 26;

    protected override JsonObject Draw(bool interactive)
    {
        var (x, y) = (Marks.FractionX(), Marks.ShareY("Probability of a unique line"));
        var rows = points.Select(point => new JsonObject
        {
            ["x"] = point.Fraction, ["y"] = point.Probability, ["low"] = point.Low, ["high"] = point.High, ["samples"] = point.Samples, ["authors"] = point.AuthorsShare,
        }).ToArray();
        IEnumerable<JsonObject> Copy() => rows.Select(row => (JsonObject)row.DeepClone());
        var band = (JsonObject)y.DeepClone();
        band["field"] = "low";
        (string, string, string)[] legend = [("random training sets", Marks.Theory, Marks.Disc)];
        if (points.Any(point => point.AuthorsShare is not null)) legend = [.. legend, ("the authors' counts", Marks.Authors, Marks.Ring)];
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                Marks.Layer(Copy(), new JsonObject { ["type"] = "area", ["style"] = Marks.Theory, ["opacity"] = 0.25 }, ("x", x), ("y", band), ("y2", new JsonObject { ["field"] = "high" })),
                Marks.Line(Copy(), x, y, Marks.Theory),
                Marks.Rings(
                    points.Where(point => point.AuthorsShare is not null).Select(point => new JsonObject { ["x"] = point.Fraction, ["y"] = point.AuthorsShare, ["samples"] = point.Samples }),
                    x, y, Marks.Authors),
                Marks.Discs(Copy(), x, y, Marks.Theory, Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("x", "fraction", ".3f"), ("y", "probability", ".4f"), ("low", "from", ".4f"), ("high", "to", ".4f"), ("authors", "authors", ".4f")), opacity: 1),
                .. critical is { } value ? Marks.Mark(x, value, $"r_c = {Numbers.Fraction(value)}", "threshold", Height / 2) : [],
                Marks.Legend(legend),
            ]),
        };
    }
}
