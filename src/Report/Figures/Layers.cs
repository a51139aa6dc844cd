using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Layers that several charts share.</summary>
internal static class Layers
{
    /// <summary>Inline data.</summary>
    public static JsonObject Values(IEnumerable<JsonObject> rows) => new() { ["values"] = new JsonArray([.. rows]) };

    /// <summary>A number that JSON can hold; null when it is not finite.</summary>
    public static JsonNode? Number(double? value) => value is { } number && double.IsFinite(number) ? JsonValue.Create(number) : null;

    /// <summary>The powers of ten that values above 0 span, which deserve a grid line; null (left to the chart) when they span less than one.</summary>
    public static JsonArray? Decades(IReadOnlyCollection<double> positive)
    {
        if (positive.Count == 0 || Math.Log10(positive.Max() / positive.Min()) < 1) return null;
        var (from, to) = ((int)Math.Floor(Math.Log10(positive.Min())), (int)Math.Ceiling(Math.Log10(positive.Max())));
        return [.. Enumerable.Range(from, to - from + 1).Select(power => (JsonNode)Math.Pow(10, power))];
    }

    /// <summary>A quantitative y channel.</summary>
    public static JsonObject Y(string title, JsonObject scale, JsonObject? axis = null) => new()
    {
        ["field"] = "value", ["type"] = "quantitative", ["title"] = title, ["scale"] = scale, ["axis"] = axis ?? new JsonObject(),
    };

    /// <summary>One line per field of the (wide) data rows, coloured by field in the theme's order.</summary>
    public static JsonObject Lines(JsonObject x, JsonObject y, params string[] fields) => new()
    {
        ["transform"] = new JsonArray(
            new JsonObject { ["fold"] = new JsonArray([.. fields.Select(field => (JsonNode)field)]), ["as"] = new JsonArray("split", "value") },
            new JsonObject { ["filter"] = "isValid(datum.value)" }),
        ["mark"] = new JsonObject { ["type"] = "line", ["style"] = "curve" },
        ["encoding"] = new JsonObject
        {
            ["x"] = x,
            ["y"] = y.DeepClone(),
            ["color"] = new JsonObject
            {
                ["field"] = "split", ["type"] = "nominal",
                ["scale"] = new JsonObject { ["domain"] = new JsonArray([.. fields.Select(field => (JsonNode)field)]), ["range"] = "category" },
                ["legend"] = fields.Length > 1 ? new JsonObject { ["symbolType"] = "stroke" } : null,
            },
        },
    };

    /// <summary>A dashed horizontal line with a word at its left end.</summary>
    /// <param name="y">The chart's y channel: an axis is one axis only where every layer says the same.</param>
    /// <param name="value">Where.</param>
    /// <param name="text">The word.</param>
    public static IEnumerable<JsonObject> Threshold(JsonObject y, double value, string text) =>
    [
        new()
        {
            ["data"] = Values([new JsonObject { ["value"] = value }]),
            ["mark"] = new JsonObject { ["type"] = "rule", ["style"] = "threshold" },
            ["encoding"] = new JsonObject { ["y"] = y.DeepClone() },
        },
        new()
        {
            ["data"] = Values([new JsonObject { ["value"] = value }]),
            ["mark"] = new JsonObject { ["type"] = "text", ["style"] = "note", ["align"] = "left", ["baseline"] = "top", ["dx"] = 5, ["dy"] = 5, ["text"] = text },
            ["encoding"] = new JsonObject { ["x"] = new JsonObject { ["value"] = 0 }, ["y"] = y.DeepClone() },
        },
    ];

    /// <summary>Vertical lines at steps, each named beside it; none where a step has no place on the axis. Names lie above all lines.</summary>
    public static IEnumerable<JsonObject> Milestones(StepAxis axis, params IReadOnlyList<Milestone> milestones)
    {
        var shown = milestones.Where(milestone => milestone.Step is { } step && axis.Shows(step)).ToArray();
        return
        [
            .. shown.Select(milestone => new JsonObject
            {
                ["data"] = At(milestone),
                ["mark"] = new JsonObject { ["type"] = "rule", ["style"] = new JsonArray("event", milestone.Kind) },
                ["encoding"] = new JsonObject { ["x"] = axis.Encode() },
            }),
            .. shown.Select(milestone => Name(axis, milestone, "halo")),
            .. shown.Select(milestone => Name(axis, milestone, milestone.Kind)),
        ];
    }

    /// <summary>A line that follows the pointer to the nearest recorded step and tells the values there.</summary>
    public static IEnumerable<JsonObject> Pointer(bool interactive, StepAxis axis, params (string Field, string Title, string Format)[] fields)
    {
        if (!interactive) yield break;
        yield return new JsonObject
        {
            ["params"] = new JsonArray(new JsonObject
            {
                ["name"] = "pointer",
                ["select"] = new JsonObject { ["type"] = "point", ["fields"] = new JsonArray("step"), ["nearest"] = true, ["on"] = "pointerover", ["clear"] = "pointerout" },
            }),
            // As text, because a value that is missing at a step would be told as NaN.
            ["transform"] = new JsonArray([.. fields.Select(field => new JsonObject
            {
                ["calculate"] = $"isValid(datum['{field.Field}']) ? format(datum['{field.Field}'], '{field.Format}') : '{Numbers.None}'", ["as"] = $"{field.Field}_text",
            })]),
            ["mark"] = new JsonObject { ["type"] = "rule", ["style"] = "pointer" },
            ["encoding"] = new JsonObject
            {
                ["x"] = axis.Encode(),
                ["opacity"] = new JsonObject { ["condition"] = new JsonObject { ["param"] = "pointer", ["empty"] = false, ["value"] = 0.8 }, ["value"] = 0 },
                ["tooltip"] = new JsonArray(
                [
                    new JsonObject { ["field"] = "step", ["title"] = "step", ["type"] = "quantitative" },
                    .. fields.Select(field => new JsonObject { ["field"] = $"{field.Field}_text", ["title"] = field.Title, ["type"] = "nominal" }),
                ]),
            },
        };
    }

    private static JsonObject At(Milestone milestone) => Values([new JsonObject { ["step"] = milestone.Step }]);

    private static JsonObject Name(StepAxis axis, Milestone milestone, string style)
    {
        var late = axis.IsLate(milestone.Step!.Value);
        return new JsonObject
        {
            ["data"] = At(milestone),
            ["mark"] = new JsonObject
            {
                ["type"] = "text", ["style"] = new JsonArray("label", style), ["text"] = milestone.Text, ["align"] = late ? "right" : "left",
                ["baseline"] = "middle", ["dx"] = late ? -7 : 7,
            },
            ["encoding"] = new JsonObject { ["x"] = axis.Encode(), ["y"] = new JsonObject { ["value"] = milestone.Top } },
        };
    }
}
