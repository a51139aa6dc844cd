namespace Goldilocks.Report;

/// <summary>A chart as a panel of a figure.</summary>
/// <param name="Letter">a, b, ...; parts of one panel share its letter.</param>
/// <param name="Figure">The chart.</param>
/// <param name="Width">Width of its plot in the common picture, in pixels.</param>
/// <param name="IsWide">Whether it takes the page's full width.</param>
internal sealed record Panel(char Letter, Figure Figure, int Width, bool IsWide = true);
