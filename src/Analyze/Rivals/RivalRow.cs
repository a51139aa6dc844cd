using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>What one column of the measures says of generalisation, over the runs of one recipe.</summary>
/// <param name="Recipe">Task and model of the runs.</param>
/// <param name="Measure">Name of the column.</param>
/// <param name="Account">Where the measure comes from.</param>
/// <param name="Lead">How much earlier than the validation accuracy it moves; null: in no run.</param>
/// <param name="When">How its value at memorisation orders the steps to generalisation.</param>
/// <param name="Whether">How well its value at memorisation tells runs that generalise from those that do not.</param>
internal sealed record RivalRow(string Recipe, string Measure, string Account, LeadStatistics? Lead, CorrelationStatistics When, ForecastStatistics Whether);

/// <summary>Lead over the validation accuracy among runs that memorise first and generalise later.</summary>
/// <param name="Runs">Runs in which both have a half-way step.</param>
/// <param name="Median">Of the validation accuracy's half-way step minus the measure's, in steps.</param>
/// <param name="Quartiles">Of the same.</param>
/// <param name="Factor">Median of the quotient of the two steps; above 1: the measure is first.</param>
/// <param name="First">Fraction of the runs in which the measure is first.</param>
internal sealed record LeadStatistics(int Runs, double Median, Interval Quartiles, double Factor, double First);

/// <summary>Rank correlation with the step of generalisation; runs that never generalise come last, as equals.</summary>
/// <param name="Runs">Runs that memorise and have a value.</param>
/// <param name="Rank">Spearman's; NaN when it is not defined.</param>
/// <param name="Interval">Of it, 95 %, over resampled runs.</param>
/// <param name="Within">The same with ranks taken among runs of equal weight decay only.</param>
internal sealed record CorrelationStatistics(int Runs, double Rank, Interval Interval, double Within);

/// <summary>Area under the receiver operating characteristic; above 1/2: larger values come before generalisation.</summary>
/// <param name="Generalising">Runs that generalise.</param>
/// <param name="Others">Runs that memorise and do not.</param>
/// <param name="Area">NaN when one of them is 0.</param>
/// <param name="Interval">Of it, 95 %, over resampled runs.</param>
internal sealed record ForecastStatistics(int Generalising, int Others, double Area, Interval Interval);
