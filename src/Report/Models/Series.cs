namespace Goldilocks.Report;

/// <summary>A line of a chart.</summary>
/// <param name="Name">For the legend; lines of one name are listed once.</param>
/// <param name="Kind">Its colour, as in <see cref="Marks"/>.</param>
/// <param name="Points">From left to right.</param>
/// <param name="IsFaint">Whether it stands behind the others: one of many runs.</param>
internal sealed record Series(string Name, string Kind, IReadOnlyList<(double X, double Y)> Points, bool IsFaint = false);
