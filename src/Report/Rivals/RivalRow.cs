using Goldilocks.Core;

namespace Goldilocks.Report;

/// <summary>What the runs together say of one measure: a row of <c>rivals.parquet</c>.</summary>
/// <param name="Measure">Which.</param>
/// <param name="LeadRuns">Runs that memorise, then generalise, and in which it and the validation accuracy have a half-way step.</param>
/// <param name="Lead">Median and quartiles of the half-way step of the validation accuracy minus its own.</param>
/// <param name="Factor">Median of the quotient of the two steps; above 1: it moves first.</param>
/// <param name="First">Share of these runs in which it moves first.</param>
/// <param name="Runs">Runs with a value at memorisation.</param>
/// <param name="Rank">Spearman's correlation of that value with the step of generalisation, 95 % interval.</param>
/// <param name="Within">The same among runs of one weight decay.</param>
/// <param name="Generalising">Of these runs, those that generalise.</param>
/// <param name="Area">Area under the receiver operating characteristic of that value for whether they do, 95 % interval.</param>
internal sealed record RivalRow(
    RivalMeasure Measure, long LeadRuns, Estimate? Lead, double? Factor, double? First, long Runs, Estimate? Rank, double? Within, long Generalising, Estimate? Area)
{
    /// <summary>Whether it says something of whether runs generalise: one that is the same in all of them has half an area whatever is resampled.</summary>
    public bool HasForecast => Area is { } area && area is not { Low: 0.5, High: 0.5 };

    /// <exception cref="GoldilocksException">The row lacks what every row has.</exception>
    public static RivalRow Of(TableRow row) => new(
        RivalCatalog.Of(row.Words("measure"), row.Words("account")), row.WholeNumber("lead_runs"), Estimate.Of(row.Number("lead_steps"), row.Number("lead_low"), row.Number("lead_high")),
        row.Number("lead_factor"), row.Number("lead_share"), row.WholeNumber("runs"), Estimate.Of(row.Number("rank_correlation"), row.Number("rank_low"), row.Number("rank_high")),
        row.Number("within_correlation"), row.WholeNumber("generalising"), Estimate.Of(row.Number("auc"), row.Number("auc_low"), row.Number("auc_high")));
}
