using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>A chart to draw.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Spec">A Vega-Lite specification.</param>
/// <param name="Png">Whether to draw it as PNG too: slow for charts with many transparent marks.</param>
internal sealed record RenderJob(string Id, JsonObject Spec, bool Png = true);
