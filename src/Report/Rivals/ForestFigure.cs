using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>A statistic of every measure as a dot with its range, account by account: those with the strongest one first.</summary>
/// <param name="rows">At least one.</param>
/// <param name="reference">The value that says nothing.</param>
internal abstract class ForestFigure(IEnumerable<ForestRow> rows, double reference) : Figure
{
    /// <summary>Pixels of a line.</summary>
    private const int Line = 19;

    /// <summary>Pixels left of the plot for the measures' names.</summary>
    private const int Names = 240;

    /// <summary>What a name may have where widths are estimated, by four fifths of the font's size for each letter.</summary>
    private const int MostNames = 340;

    /// <summary>How far measures are indented below their account.</summary>
    private const int Indent = 14;

    /// <summary>What tells a measure's name on the axis from that of an account; it is not drawn.</summary>
    private const string Mark = "\u2003";

    private static readonly (int Side, string Kind)[] Kinds = [(1, Marks.Ours), (-1, Marks.Authors), (0, "note")];

    private IReadOnlyList<IGrouping<string, ForestRow>>? _groups;

    /// <summary>Lines of the legend.</summary>
    private (string Name, string Kind, string Shape)[] KeyNames =>
    [
        (Keys.Above, Marks.Ours, Marks.Disc), (Keys.Below, Marks.Authors, Marks.Disc), ("neither", "threshold", Marks.Disc),
        .. Other is { } mark ? ((string, string, string)[])[(mark.Name, "threshold", mark.Shape)] : [],
    ];

    /// <summary>By account; the strongest first, among accounts and within them.</summary>
    public IReadOnlyList<IGrouping<string, ForestRow>> Groups => _groups ??=
        [.. rows.OrderByDescending(row => Strength(row.Estimate.Value)).ThenBy(row => row.Measure.Label, StringComparer.Ordinal).GroupBy(row => row.Measure.Account)];

    public override int Gutter => Names + 60;

    public override int Width => 520;

    protected override int Height => Line * (KeyNames.Length + Groups.Count + Groups.Sum(group => group.Count()));

    /// <summary>The strongest of all.</summary>
    protected ForestRow Best => Groups[0].First();

    /// <summary>What it means that the range lies above the reference, and below, for the legend.</summary>
    protected abstract (string Above, string Below) Keys { get; }

    /// <summary>Title of the statistic for the pointer.</summary>
    protected abstract string Statistic { get; }

    /// <summary>The small marks: name and shape in the legend, and how they look; null where there are none.</summary>
    protected virtual (string Name, string Shape, JsonObject Mark)? Other => null;

    /// <summary>A value's place in the ranking.</summary>
    protected abstract double Strength(double value);

    /// <summary>The axis of the statistic, on the field x.</summary>
    protected abstract JsonObject X();

    protected override JsonObject Draw(bool interactive)
    {
        var (x, y) = (X(), Y());
        x["axis"]!["titleAnchor"] = "end";
        ForestRow[] all = [.. Groups.SelectMany(group => group)];
        JsonObject Row(ForestRow row, double value) => new()
        {
            ["x"] = Round(value), ["y"] = Mark + row.Measure.Label, ["low"] = Layers.Number(Round(row.Estimate.Low)), ["high"] = Layers.Number(Round(row.Estimate.High)),
            ["measure"] = row.Measure.Label, ["account"] = row.Measure.Account, ["range"] = row.Estimate.Words, ["runs"] = row.Runs,
        };
        JsonObject[] others = [.. all.SelectMany(row => row.Others.Select(other => new JsonObject { ["x"] = Round(other), ["y"] = Mark + row.Measure.Label }))];
        var tooltip = Marks.Tooltip(interactive, ("measure", "measure", null), ("account", "account", null), ("range", Statistic, null), ("runs", "runs", "d"));
        IEnumerable<JsonObject> Of(string kind, int side)
        {
            ForestRow[] some = [.. all.Where(row => row.Estimate.Side(reference) == side)];
            if (some.Length == 0) yield break;
            ForestRow[] ranged = [.. some.Where(row => row.Estimate is { Low: not null, High: not null })];
            if (ranged.Length > 0)
            {
                yield return Marks.Layer(
                    ranged.Select(row => Row(row, row.Estimate.Low!.Value)), new JsonObject { ["type"] = "rule", ["style"] = kind, ["strokeWidth"] = 3.5, ["opacity"] = 0.6, ["aria"] = false },
                    ("x", x), ("y", y), ("x2", new JsonObject { ["field"] = "high" }));
            }

            yield return Marks.Layer(
                some.Select(row => Row(row, row.Estimate.Value)), new JsonObject { ["type"] = "point", ["filled"] = true, ["size"] = 75, ["style"] = kind, ["opacity"] = 1 }, ("x", x), ("y", y), ("tooltip", tooltip));
        }

        return new JsonObject
        {
            ["layer"] = new JsonArray(
            [
                Marks.Layer([new JsonObject { ["x"] = reference }], new JsonObject { ["type"] = "rule", ["style"] = "threshold" }, ("x", x)),
                .. others.Length > 0 && Other is { } other ? (JsonObject[])[Marks.Layer(others, other.Mark, ("x", x), ("y", y))] : [],
                .. Kinds.SelectMany(kind => Of(kind.Kind, kind.Side)),
                Key(),
            ]),
        };
    }

    /// <summary>The legend, in lines of its own above the names: beside them small screens have no room for it.</summary>
    private JsonObject Key()
    {
        var legend = Marks.Legend(KeyNames);
        foreach (var channel in (string[])["color", "shape"])
        {
            var key = legend["encoding"]![channel]!["legend"]!;
            (key["orient"], key["legendX"], key["legendY"], key["columns"]) = ("none", -Names, 0, 1);
        }

        return legend;
    }

    /// <summary>Empty lines for the legend; then accounts in bold, the measures of each below it.</summary>
    private JsonObject Y()
    {
        const string isMeasure = $"substring(datum.value, 0, 1) === '{Mark}'", isEmpty = $"substring(datum.value, 1, 2) === '{Mark}'";
        IEnumerable<string> empty = Enumerable.Range(2, KeyNames.Length).Select(length => string.Concat(Enumerable.Repeat(Mark, length)));
        JsonObject If(JsonNode measure, JsonNode account) => new() { ["condition"] = new JsonObject { ["test"] = isMeasure, ["value"] = measure }, ["value"] = account };
        return new JsonObject
        {
            ["field"] = "y", ["type"] = "nominal", ["title"] = null,
            ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. empty.Concat(Groups.SelectMany(group => group.Select(row => Mark + row.Measure.Label).Prepend(group.Key))).Select(name => (JsonNode)name)]) },
            ["axis"] = new JsonObject
            {
                ["labelAlign"] = "left", ["labelPadding"] = If(Names - Indent, Names), ["labelLimit"] = MostNames, ["labelFontWeight"] = If("normal", "bold"), ["grid"] = true,
                ["gridOpacity"] = new JsonObject { ["condition"] = new JsonObject { ["test"] = isEmpty, ["value"] = 0 }, ["value"] = 0.6 },
            },
        };
    }

    private static double Round(double value) => double.IsFinite(value) ? Math.Round(value, 4) : value;

    private static double? Round(double? value) => value is { } known ? Round(known) : null;
}
