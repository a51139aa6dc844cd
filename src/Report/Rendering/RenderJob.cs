using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>A chart to draw.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Spec">A Vega-Lite specification.</param>
internal sealed record RenderJob(string Id, JsonObject Spec);
