namespace Goldilocks.Report;

/// <summary>A chart as drawn; the PNG is empty when none was asked for.</summary>
internal sealed record Picture(string Id, string Svg, byte[] Png);
