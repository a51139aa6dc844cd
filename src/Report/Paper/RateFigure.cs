using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 5 (a): the grokking rate of random training sets.</summary>
internal sealed class RateFigure(IReadOnlyList<RateBand> bands, string convention) : Figure
{
    public override string Id => $"rate-{convention}";

    public override string Title => $"Rate λ₃, {convention} convention";

    public override string Alt => $"Quantiles of the grokking rate, {convention} convention, against the training data fraction.";

    public override string Caption =>
        $"λ₃ of random training sets, {(convention == "paper" ? "an eigenvalue of H = 2AᵀA/(|P₀(D)| Z₀)" : "an eigenvalue of AᵀA, as in the authors' code")}: median, and the ranges that hold half and nine tenths of the draws, those with λ₃ = 0 included; up to {Numbers.Count(bands.Max(band => band.Draws))} draws for each size. {Zeros}";

    private string Zeros => bands.LastOrDefault(band => 2 * band.Zeros > band.Draws) is { } last
        ? $"Up to a fraction of {Numbers.Fraction(last.Fraction)}, most training sets have λ₃ = 0: they determine no line."
        : "At every size drawn, most training sets have a positive rate.";

    protected override JsonObject Draw(bool interactive)
    {
        var x = Marks.FractionX();
        var title = convention == "paper" ? "Grokking rate λ₃ (of H, per unit of time)" : "Grokking rate λ₃ (of AᵀA)";
        JsonObject Y(string field) => Marks.Channel(field, title, new JsonObject { ["zero"] = true, ["nice"] = true }, new JsonObject { ["tickCount"] = 6 });
        IEnumerable<JsonObject> Rows() => bands.Select(band => new JsonObject
        {
            ["x"] = band.Fraction, ["low"] = band.Low, ["lower"] = band.Lower, ["y"] = band.Median, ["upper"] = band.Upper, ["high"] = band.High,
            ["samples"] = band.Samples, ["zero"] = Numbers.Percent((double)band.Zeros / band.Draws),
        });
        JsonObject Range(string from, string to, double opacity) => Marks.Layer(
            Rows(), new JsonObject { ["type"] = "area", ["style"] = Marks.Theory, ["opacity"] = opacity }, ("x", x), ("y", Y(from)), ("y2", new JsonObject { ["field"] = to }));
        return new JsonObject
        {
            ["layer"] = new JsonArray(
                Range("low", "high", 0.18),
                Range("lower", "upper", 0.32),
                Marks.Line(Rows(), x, Y("y"), Marks.Theory),
                Marks.Discs(Rows(), x, Y("y"), Marks.Theory, Marks.Tooltip(interactive, ("samples", "training pairs", "d"), ("x", "fraction", ".3f"), ("low", "5 %", ".4~g"), ("lower", "25 %", ".4~g"), ("y", "median", ".4~g"), ("upper", "75 %", ".4~g"), ("high", "95 %", ".4~g"), ("zero", "λ₃ = 0", null)), opacity: 1)),
        };
    }
}
