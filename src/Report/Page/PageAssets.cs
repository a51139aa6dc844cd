using System.Text.Json.Nodes;
using Goldilocks.Core;
using Goldilocks.Native;

namespace Goldilocks.Report;

/// <summary>The styles and scripts that the pages of a folder share, in its folder <c>assets</c>.</summary>
internal static class PageAssets
{
    private static readonly string[] Libraries = ["vega", "vega-lite", "vega-embed"];

    /// <summary>Our own styles and scripts.</summary>
    public static IReadOnlyList<string> Own { get; } =
    [
        "site.css", "site.js", "export.js", "parallelograms.js", "run-curves.js", "run-embedding.js", "run.js", "phases.js", "sweep-map.js", "sweep-curves.js", "sweep.js",
    ];

    /// <summary>What every page with a script loads, in this order, before its own.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [.. Libraries.Select(library => $"{library}.js"), "themes.js", "site.js"];

    /// <summary>Writes them.</summary>
    /// <param name="folder">The folder of the pages.</param>
    /// <exception cref="GoldilocksException">The chart library is missing, or the folder cannot be written.</exception>
    public static void Write(string folder)
    {
        foreach (var (name, text) in All()) AtomicFile.WriteAllText(Path.Combine(folder, "assets", name), text);
    }

    /// <summary>The names alone.</summary>
    public static IEnumerable<string> Names => Scripts.Union(Own).Append("licences.txt");

    /// <summary>Names and contents.</summary>
    /// <exception cref="IOException">The chart library is missing.</exception>
    public static IEnumerable<(string Name, string Text)> All() =>
    [
        .. Libraries.Select(library => ($"{library}.js", Library(library))),
        .. Own.Select(name => (name, Assets.Text(name))),
        ("themes.js", $"const themes = {Themes().ToJsonString()};\n"),
        ("licences.txt", string.Join("\n\n", Libraries.Select(library => $"{library}\n\n{Licence(library)}")) + "\n"),
    ];

    private static JsonObject Themes() => new() { ["light"] = Theme.Light.Config(), ["dark"] = Theme.Dark.Config(), ["print"] = Theme.Print.Config() };

    private static string Library(string name) =>
        File.ReadAllText(Path.Combine(NativeLibraries.NodeModules, name, "build", $"{name}.min.js")).Replace($"//# sourceMappingURL={name}.min.js.map", "", StringComparison.Ordinal);

    private static string Licence(string name) => File.ReadAllText(Path.Combine(NativeLibraries.NodeModules, name, "LICENSE")).ReplaceLineEndings("\n").Trim();
}
