using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 4 (c): the trajectories of the effective theory.</summary>
internal sealed class TheoryFigure(Trajectory trajectory) : Figure
{
    /// <summary>Pixels that a number takes.</summary>
    private const double LabelHeight = 14;

    private readonly double _expected = 3 * trajectory.RelaxationSteps;

    public override string Id => $"theory-{trajectory.Convention}";

    public override string Title => $"Theory, {trajectory.Convention} convention";

    public override string Alt =>
        $"Line chart of the normalised embedding values of the effective theory, {trajectory.Convention} convention, against steps; 3 n_h is {Numbers.Steps(_expected)} steps.";

    public override string Caption =>
        $"Normalised embedding values by the effective theory, steps of the size of the embeddings' learning rate, from the run's initial values; the number at the right end is the symbol. 3 nₕ = {Numbers.Steps(_expected)} steps{(_expected <= Last ? "" : $", beyond the {Numbers.Count(Last)} steps shown")}.";

    protected override int Height => 380;

    private long Last => trajectory.Points[^1].Step;

    protected override JsonObject Draw(bool interactive)
    {
        var x = Marks.Channel(
            "x", "Steps of size η", new JsonObject { ["domain"] = new JsonArray(0, Math.Max(Last, 1)), ["nice"] = false },
            new JsonObject { ["tickCount"] = 5, ["labelOverlap"] = "greedy", ["labelExpr"] = "format(datum.value, datum.value < 10000 ? 'd' : ',d')" });
        var y = Marks.Channel("y", "Embedding value (normalised, no unit)", new JsonObject { ["zero"] = false, ["nice"] = false, ["padding"] = 26 }, new JsonObject { ["tickCount"] = 7 });
        JsonObject Color() => new() { ["field"] = "symbol", ["type"] = "ordinal", ["legend"] = null };
        IEnumerable<JsonObject> Rows(Func<long, bool> where) => trajectory.Points.Where(point => where(point.Step))
            .Select(point => new JsonObject { ["x"] = point.Step, ["y"] = Math.Round(point.Value, 5), ["symbol"] = point.Symbol });
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                Marks.Layer(Rows(_ => true), new JsonObject { ["type"] = "line", ["style"] = "curve" }, ("x", x), ("y", y), ("color", Color())),
                Marks.Layer(
                    Ends(), new JsonObject { ["type"] = "text", ["style"] = "label", ["align"] = "left", ["baseline"] = "middle", ["dx"] = 7, ["fontWeight"] = "bold" },
                    ("x", x), ("y", y), ("color", Color()), ("text", new JsonObject { ["field"] = "symbol" })),
                .. _expected <= Last ? Marks.Mark(x, _expected, $"3 nₕ = {Numbers.Steps(_expected)}", Marks.Theory, Height - 11, left: _expected > 0.6 * Last) : [],
                .. interactive ? [Hover(Rows(_ => true), x, y)] : (JsonObject[])[],
            ]),
        };
    }

    /// <summary>The symbols' numbers at the right end, moved apart where they would cover each other.</summary>
    private IEnumerable<JsonObject> Ends()
    {
        var least = LabelHeight * (trajectory.Points.Max(point => point.Value) - trajectory.Points.Min(point => point.Value)) / Height;
        var ends = trajectory.Points.Where(point => point.Step == Last).OrderBy(point => point.Value).ToArray();
        return Spacing.Apart([.. ends.Select(point => point.Value)], least).Zip(ends, (place, point) => new JsonObject { ["x"] = Last, ["y"] = place, ["symbol"] = point.Symbol });
    }

    private static JsonObject Hover(IEnumerable<JsonObject> rows, JsonObject x, JsonObject y) => Marks.Layer(
        rows, new JsonObject { ["type"] = "circle", ["size"] = 60, ["opacity"] = 0 }, ("x", x), ("y", y),
        ("tooltip", Marks.Tooltip(true, ("x", "step", "d"), ("symbol", "symbol", null), ("y", "normalised value", ".3f"))));
}
