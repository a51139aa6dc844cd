using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>How the variance of an embedding is spread over frequencies: in all of it, and in its first two principal components.</summary>
/// <param name="spectrum">At one step.</param>
internal sealed class FrequencyFigure(Spectrum spectrum) : Figure
{
    private const string Whole = "all components";
    private const string Plane = "first two components";

    public override string Id => "frequencies";

    public override string Title => "Variance by frequency";

    public override string Alt =>
        $"Bars of the share of variance in each frequency at step {Numbers.Count(spectrum.Step)}. In all components, a tenth or more: {Spectrum.Notables(spectrum.Shares)}. In the first two: {Spectrum.Notables(spectrum.PlaneShares)}.";

    public override string Caption =>
        $"Share of the embedding's variance in the cosine and sine of 2πkx/p over the symbols x, at step {Numbers.Count(spectrum.Step)}. A circle on which symbol x lies at k x/p of a turn has all its variance at k.";

    public override int Head => 44;

    protected override JsonObject Draw(bool interactive)
    {
        IEnumerable<JsonObject> Rows(string name, IReadOnlyList<double> shares) => shares.Select((share, i) => new JsonObject { ["x"] = i + 1, ["y"] = Math.Round(100 * share, 3), ["part"] = name });
        var x = new JsonObject
        {
            ["field"] = "x", ["type"] = "ordinal", ["title"] = "Frequency k (turns per p symbols)", ["axis"] = new JsonObject { ["labelAngle"] = 0, ["labelOverlap"] = "greedy" },
        };
        var layer = Marks.Layer(
            Rows(Whole, spectrum.Shares).Concat(Rows(Plane, spectrum.PlaneShares)),
            new JsonObject { ["type"] = "bar" },
            ("x", x),
            ("xOffset", new JsonObject { ["field"] = "part", ["type"] = "nominal", ["sort"] = new JsonArray(Whole, Plane) }),
            ("y", Marks.Channel("y", "Share of variance (%)", new JsonObject { ["domain"] = new JsonArray(0, 100), ["nice"] = false })),
            ("color", new JsonObject
            {
                ["field"] = "part", ["type"] = "nominal", ["scale"] = new JsonObject { ["domain"] = new JsonArray(Whole, Plane), ["range"] = "category" }, ["legend"] = new JsonObject { ["symbolSize"] = 110, ["symbolStrokeWidth"] = 0 },
            }),
            ("tooltip", Marks.Tooltip(interactive, ("part", "part", null), ("x", "frequency", null), ("y", "share (%)", ".1f"))));
        return new JsonObject { ["layer"] = new JsonArray(layer) };
    }
}
