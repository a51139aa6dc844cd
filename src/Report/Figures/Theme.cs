using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>
/// Colours and type of the charts, as a Vega-Lite configuration. Marks name styles ("train", "threshold", ...) and never colours, so one chart serves
/// print, light and dark. Colours are from Okabe and Ito's palette and viridis, told apart by colour-blind readers too.
/// </summary>
internal sealed record Theme
{
    /// <summary>For SVG and PNG files: white ground, a font that the renderer has.</summary>
    public static Theme Print { get; } = new()
    {
        Background = "#ffffff", Halo = "#ffffff", Text = "#1f2328", Muted = "#57606a", Grid = "#e4e7eb", Font = "'DejaVu Sans', Verdana, Arial, sans-serif",
        Train = "#0072b2", Validation = "#d55e00", Rqi = "#00795a", SymbolsFrom = 0, SymbolsTo = 0.88, OnEarly = "#ffffff",
    };

    /// <summary>For the page by day.</summary>
    public static Theme Light { get; } = Print with { Background = null, Halo = "#fdfdfb", Font = "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif" };

    /// <summary>For the page by night.</summary>
    public static Theme Dark { get; } = Light with
    {
        Halo = "#15181c", Text = "#e6e8eb", Muted = "#a3abb5", Grid = "#2b3138",
        Train = "#56b4e9", Validation = "#f0913a", Rqi = "#2fc59a", SymbolsFrom = 0.3, SymbolsTo = 1, OnEarly = "#101418",
    };

    /// <summary>Null: transparent.</summary>
    public string? Background { get; private init; }

    /// <summary>Colour around text that crosses lines.</summary>
    public required string Halo { get; init; }

    public required string Text { get; init; }

    public required string Muted { get; init; }

    public required string Grid { get; init; }

    public required string Font { get; init; }

    public required string Train { get; init; }

    public required string Validation { get; init; }

    public required string Rqi { get; init; }

    /// <summary>Part of viridis that is visible on the ground.</summary>
    public required double SymbolsFrom { get; init; }

    /// <inheritdoc cref="SymbolsFrom"/>
    public required double SymbolsTo { get; init; }

    /// <summary>Colour of a number on the disc of one of the first symbols; those of the last are bright in every theme.</summary>
    public required string OnEarly { get; init; }

    /// <summary>Vega-Lite's <c>config</c>.</summary>
    public JsonObject Config() => new()
    {
        ["background"] = Background,
        ["font"] = Font,
        ["padding"] = 6,
        ["view"] = new JsonObject { ["stroke"] = null },
        ["axis"] = new JsonObject
        {
            ["labelColor"] = Muted, ["titleColor"] = Text, ["gridColor"] = Grid, ["domainColor"] = Muted, ["tickColor"] = Muted,
            ["labelFontSize"] = 12, ["titleFontSize"] = 13, ["titleFontWeight"] = "normal", ["titlePadding"] = 10, ["labelPadding"] = 5, ["tickSize"] = 4, ["labelFlush"] = false,
        },
        ["axisX"] = new JsonObject { ["grid"] = false },
        ["axisY"] = new JsonObject { ["domain"] = false, ["ticks"] = false },
        ["legend"] = new JsonObject
        {
            ["labelColor"] = Text, ["titleColor"] = Text, ["labelFontSize"] = 13, ["symbolStrokeWidth"] = 3, ["symbolSize"] = 260, ["labelLimit"] = 400,
            ["columnPadding"] = 18, ["orient"] = "top", ["title"] = null, ["offset"] = 10, ["layout"] = new JsonObject { ["top"] = new JsonObject { ["direction"] = "vertical", ["anchor"] = "start", ["margin"] = 6 } },
        },
        ["title"] = new JsonObject
        {
            ["anchor"] = "start", ["color"] = Text, ["fontSize"] = 16, ["fontWeight"] = "bold", ["subtitleColor"] = Muted, ["subtitleFontSize"] = 12, ["subtitlePadding"] = 4, ["offset"] = 12,
        },
        ["range"] = new JsonObject
        {
            ["ramp"] = new JsonObject { ["scheme"] = "viridis", ["extent"] = new JsonArray(SymbolsFrom, SymbolsTo) },
            ["category"] = new JsonArray(Train, Validation, Rqi, Muted),
            ["ordinal"] = new JsonObject { ["scheme"] = "viridis", ["extent"] = new JsonArray(SymbolsFrom, SymbolsTo) },
        },
        ["style"] = new JsonObject
        {
            ["curve"] = new JsonObject { ["strokeWidth"] = 2.4, ["strokeJoin"] = "round", ["strokeCap"] = "round" },
            ["rqi"] = new JsonObject { ["color"] = Rqi },
            ["train"] = new JsonObject { ["color"] = Train },
            ["validation"] = new JsonObject { ["color"] = Validation },
            ["threshold"] = new JsonObject { ["color"] = Muted, ["strokeDash"] = new JsonArray(2, 4), ["strokeWidth"] = 1.2 },
            ["event"] = new JsonObject { ["strokeWidth"] = 1.4, ["strokeDash"] = new JsonArray(6, 3) },
            ["band"] = new JsonObject { ["color"] = Grid, ["opacity"] = 0.75 },
            ["note"] = new JsonObject { ["color"] = Muted, ["fontSize"] = 12 },
            ["label"] = new JsonObject { ["fontSize"] = 12.5 },
            ["panel"] = new JsonObject { ["color"] = Text, ["fontSize"] = 14, ["fontWeight"] = "bold" },
            ["halo"] = new JsonObject { ["color"] = Halo, ["stroke"] = Halo, ["strokeWidth"] = 5, ["strokeJoin"] = "round" },
            ["disc-number"] = new JsonObject { ["fontSize"] = 11, ["fontWeight"] = "bold" },
            // On the decoder's colours, which are the same by day and by night.
            ["symbol-disc"] = new JsonObject { ["color"] = "#ffffff", ["stroke"] = "#101418", ["strokeWidth"] = 1.2, ["size"] = 300, ["opacity"] = 1 },
            // On the ground: a cyclic scale has light and dark colours, which a rim sets off from any ground.
            ["residue-disc"] = new JsonObject { ["stroke"] = Muted, ["strokeWidth"] = 0.8, ["opacity"] = 1 },
            ["residue-thread"] = new JsonObject { ["color"] = Muted, ["strokeWidth"] = 0.9, ["opacity"] = 0.7 },
            ["thread"] = new JsonObject { ["color"] = "#101418", ["strokeWidth"] = 1.1 },
            ["thread-halo"] = new JsonObject { ["color"] = "#ffffff", ["strokeWidth"] = 3.2, ["opacity"] = 0.75 },
            ["answer"] = new JsonObject { ["fontSize"] = 10.5, ["fontStyle"] = "italic" },
            ["answer-halo"] = new JsonObject { ["color"] = "#101418", ["stroke"] = "#101418", ["strokeWidth"] = 2.5, ["strokeJoin"] = "round", ["opacity"] = 0.55 },
            ["answer-ink"] = new JsonObject { ["color"] = "#ffffff" },
            ["on-early"] = new JsonObject { ["color"] = OnEarly },
            ["on-late"] = new JsonObject { ["color"] = "#101418" },
            ["cell"] = new JsonObject { ["stroke"] = Halo, ["strokeWidth"] = 1, ["opacity"] = 1 },
            ["pointer"] = new JsonObject { ["color"] = Muted, ["strokeWidth"] = 1.2 },
        },
    };
}
