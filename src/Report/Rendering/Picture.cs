namespace Goldilocks.Report;

/// <summary>A chart as drawn.</summary>
internal sealed record Picture(string Id, string Svg, byte[] Png);
