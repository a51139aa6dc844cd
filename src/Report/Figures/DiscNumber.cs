using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>The symbol's number on its disc, readable on dark and on bright discs.</summary>
internal static class DiscNumber
{
    /// <param name="symbols">How many symbols there are; their colours run from dark to bright.</param>
    /// <param name="early">The layer of the first symbols, or of the last.</param>
    /// <param name="x">The discs' x channel.</param>
    /// <param name="y">The discs' y channel.</param>
    /// <param name="filter">Which rows have discs; all when null.</param>
    public static JsonObject Layer(int symbols, bool early, JsonObject x, JsonObject y, string? filter = null)
    {
        var half = $"datum.symbol {(early ? "<" : ">=")} {symbols / 2}";
        return new JsonObject
        {
            ["transform"] = new JsonArray(new JsonObject { ["filter"] = filter is null ? half : $"{half} && {filter}" }),
            ["mark"] = new JsonObject { ["type"] = "text", ["style"] = new JsonArray("disc-number", early ? "on-early" : "on-late"), ["baseline"] = "middle", ["dy"] = 0.5 },
            ["encoding"] = new JsonObject { ["x"] = x, ["y"] = y, ["text"] = new JsonObject { ["field"] = "symbol" } },
        };
    }
}
