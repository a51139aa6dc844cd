namespace Goldilocks.Report;

/// <summary>Buttons that give the reader a chart as a file; the page's script listens to them.</summary>
internal static class Saving
{
    /// <param name="chart">How the script knows it.</param>
    /// <param name="words">How the reader does: "the curves".</param>
    public static Html Of(string chart, string words) => Html.Of(
        $"""
        <p class="saving">Save {words} as shown: <button type="button" data-save="{chart} svg" aria-label="Save {words} as SVG">SVG</button> <button type="button" data-save="{chart} png" aria-label="Save {words} as PNG">PNG</button></p>

        """);
}
