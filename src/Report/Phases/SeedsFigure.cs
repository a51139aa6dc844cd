using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The ideal accuracy of each seed's training set: whether it could be generalised at all.</summary>
internal sealed class SeedsFigure(SplitShares splits) : Figure
{
    public override string Id => "seeds";

    public override string Title => "What the training sets allow";

    public override string Alt => $"Bars of the ideal accuracy of each seed's training set: it is 1 for {splits.Words}.";

    public override string Caption =>
        $"Ideal accuracy of each seed's training set, the share of all samples that it implies (section 3.1), from the largest down. It belongs to the split alone, whatever is trained on it. It is 1 for {splits.Words}; what a network answers beyond it is luck. Below 1 some validation samples stay open, though the accuracy threshold may still be in reach.";

    public override int Width => 400;

    public override int Head => 30;

    protected override int Height => 150;

    protected override JsonObject Draw(bool interactive)
    {
        (long Seed, double Ideal)[] ordered = [.. splits.Seeds.OrderByDescending(seed => seed.Ideal).ThenBy(seed => seed.Seed)];
        var x = new JsonObject
        {
            ["field"] = "seed", ["type"] = "ordinal", ["title"] = ordered.Length > 30 ? $"{Numbers.Count(ordered.Length)} seeds, by ideal accuracy" : "Seed, by ideal accuracy", ["sort"] = null,
            ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. ordered.Select(seed => (JsonNode)seed.Seed)]), ["paddingInner"] = 0.15, ["paddingOuter"] = 0.1 },
            ["axis"] = ordered.Length > 30 ? new JsonObject { ["labels"] = false, ["ticks"] = false } : new JsonObject { ["labelAngle"] = 0, ["labelOverlap"] = "greedy" },
        };
        var y = Marks.Channel("y", "Ideal accuracy", new JsonObject { ["domain"] = new JsonArray(0, 1), ["nice"] = false }, Marks.Tenths());
        JsonObject Bars(bool able, string style) => Marks.Layer(
            ordered.Where(seed => SplitShares.IsOne(seed.Ideal) == able).Select(seed => new JsonObject { ["seed"] = seed.Seed, ["y"] = seed.Ideal }),
            new JsonObject { ["type"] = "bar", ["style"] = style, ["aria"] = false }, ("x", x), ("y", y), ("tooltip", Marks.Tooltip(interactive, ("seed", "seed", "d"), ("y", "ideal accuracy", ".4f"))));
        var able = ordered.Count(seed => SplitShares.IsOne(seed.Ideal));
        return new JsonObject
        {
            ["layer"] = new JsonArray(
                Bars(true, Marks.Theory),
                Bars(false, "note"),
                Marks.Legend(($"ideal accuracy 1 ({Numbers.Count(able)})", Marks.Theory, Marks.Disc), ($"below 1 ({Numbers.Count(ordered.Length - able)})", "threshold", Marks.Disc))),
        };
    }
}
