using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Steps against a swept parameter: a disc for each run, a line for the medians of each series, and a band for never.</summary>
/// <param name="series">At least one.</param>
/// <param name="x">The channel of the parameter, on the field x.</param>
/// <param name="parameter">The parameter in words, for tooltips.</param>
/// <param name="accuracy">What is reached, in words: "validation accuracy &gt; 60 %".</param>
internal sealed class StepSeriesFigure(IReadOnlyList<StepSeries> series, JsonObject x, string parameter, string accuracy) : Figure
{
    public override string Id => "steps";

    public override string Title => $"Steps to {accuracy}";

    public override string Alt => $"{Title} against {parameter}, one disc per run, the runs that never got there in a band above; a line through the medians of {string.Join(" and ", series.Select(one => one.Name))}.";

    public override string Caption => $"One disc per run; lines join the medians over seeds and are drawn where a median exists (never counts as later than every step). {Note}{(HasNever ? " The band holds the runs that never got there." : "")}";

    public override int Head => 44;

    protected override int Height => 340;

    /// <summary>What the series are, for the caption.</summary>
    public required string Note { get; init; }

    /// <summary>Before the legend; null where the names say it all.</summary>
    public string? LegendTitle { get; init; }

    /// <summary>Whether the series are values in order, coloured from dark to bright; otherwise train and validation in their colours.</summary>
    public bool IsOrdered { get; init; }

    private bool HasNever => series.Any(one => one.Points.Any(point => point.Step is null));

    protected override JsonObject Draw(bool interactive)
    {
        var axis = new NeverAxis(series.SelectMany(one => one.Points).Select(point => (double?)point.Step).OfType<double>(), HasNever);
        var y = axis.Channel("y", $"{Title} (logarithmic)");
        var colour = Colour(series, IsOrdered, LegendTitle);
        var medians = series.SelectMany(one => one.Medians.Select(median => new JsonObject { ["x"] = median.X, ["y"] = median.Median is { } steps ? axis.Place(steps, 0) : null, ["name"] = one.Name })).ToArray();
        var budgets = series.SelectMany(one => one.Points).Select(point => point.Run.Integer("steps") ?? point.Run.Steps).Distinct().ToArray();
        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                .. axis.Band(y, vertical: true, budgets.Length == 1 ? $"never in {Numbers.Counted(budgets[0], "step")}" : "never"),
                Marks.Layer(medians, new JsonObject { ["type"] = "line", ["style"] = "curve" }, ("x", x), ("y", y), ("color", colour)),
                Marks.Layer(
                    series.SelectMany((one, i) => one.Points.Select((point, rank) => Row(axis, one, point, i, rank))),
                    new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 42, ["opacity"] = 0.7 },
                    ("x", x), ("y", y), ("color", colour),
                    ("tooltip", Marks.Tooltip(interactive, ("name", LegendTitle ?? "accuracy", null), ("x", parameter, ".4~g"), ("seed", "seed", "d"), ("step", "step", null), ("run", "run", null)))),
            ]),
        };
    }

    private static JsonObject Row(NeverAxis axis, StepSeries one, (double X, RunRow Run, long? Step) point, int index, int rank) => new()
    {
        // Runs that never got there lie apart in the band: by series, and of one series by rank.
        ["x"] = point.X, ["y"] = axis.Place(point.Step, ((index * 0.6180339887498949) + (rank * 0.1180339887498949)) % 1), ["name"] = one.Name,
        ["seed"] = point.Run.Integer("seed"), ["step"] = Numbers.StepOrNever(point.Step), ["run"] = point.Run.ShortId,
    };

    /// <summary>A colour for each series, on the field name, with its legend.</summary>
    public static JsonObject Colour(IReadOnlyList<StepSeries> series, bool isOrdered, string? legendTitle) => new()
    {
        ["field"] = "name", ["type"] = isOrdered ? "ordinal" : "nominal",
        ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. series.Select(one => (JsonNode)one.Name)]), ["range"] = isOrdered ? "ordinal" : "category" },
        ["legend"] = new JsonObject
        {
            ["symbolType"] = "circle", ["symbolSize"] = 90, ["symbolStrokeWidth"] = 0, ["symbolOpacity"] = 1, ["labelFontSize"] = 12, ["columns"] = isOrdered ? 5 : 2, ["rowPadding"] = 3,
            ["title"] = legendTitle, ["titleOrient"] = "left", ["titleFontWeight"] = "normal", ["titleFontSize"] = 12, ["titlePadding"] = 8,
        },
    };
}
