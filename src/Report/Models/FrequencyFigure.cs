using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Which frequencies carry the embedding, as a whole and in its first two principal components.</summary>
internal sealed class FrequencyFigure(string id, string title, IReadOnlyList<(long Frequency, double Share, double PlaneShare)> shares) : Figure
{
    public override string Id => id;

    public override string Title => title;

    public override string Alt => $"Bar chart of the share of variance in each frequency. {Words}";

    public override string Caption =>
        $"{Words} A symbol x stands at the angle 2πkx/p of frequency k: a circle on which each frequency is one way of going round. Bars: the whole embedding; discs: its first two principal components alone.";

    public required string Words { get; init; }

    public override int Head => 44;

    protected override int Height => 260;

    protected override JsonObject Draw(bool interactive)
    {
        var x = Marks.Channel("x", "Frequency k", new JsonObject { ["domain"] = new JsonArray(0, shares.Count + 1), ["nice"] = false }, new JsonObject { ["tickMinStep"] = 1 });
        var y = Marks.ShareY("Share of variance");
        return new JsonObject
        {
            ["layer"] = new JsonArray(
                Marks.Layer(shares.Select(one => new JsonObject { ["x"] = one.Frequency, ["y"] = Math.Round(one.Share, 5) }), new JsonObject { ["type"] = "bar", ["style"] = Marks.Ours, ["width"] = 8 }, ("x", x), ("y", y),
                    ("tooltip", Marks.Tooltip(interactive, ("x", "frequency", "d"), ("y", "share", ".3f")))),
                Marks.Discs(shares.Select(one => new JsonObject { ["x"] = one.Frequency, ["y"] = Math.Round(one.PlaneShare, 5) }), x, y, Marks.Authors, Marks.Tooltip(interactive, ("x", "frequency", "d"), ("y", "share of the plane", ".3f")), opacity: 0.9),
                Marks.Legend(("all components", Marks.Ours, Marks.Stroke), ("the first two", Marks.Authors, Marks.Disc))),
        };
    }
}
