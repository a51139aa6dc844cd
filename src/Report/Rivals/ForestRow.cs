namespace Goldilocks.Report;

/// <summary>A line of a <see cref="ForestFigure"/>.</summary>
/// <param name="Measure">Whose.</param>
/// <param name="Estimate">Dot and bar.</param>
/// <param name="Others">Small marks beside them.</param>
/// <param name="Runs">Runs behind the estimate.</param>
internal sealed record ForestRow(RivalMeasure Measure, Estimate Estimate, IReadOnlyList<double> Others, long Runs);
