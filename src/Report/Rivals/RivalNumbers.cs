namespace Goldilocks.Report;

/// <summary>The tables of the rival accounts.</summary>
internal static class RivalNumbers
{
    /// <summary>Every measure, the one that is furthest ahead first.</summary>
    public static Html Measures(IReadOnlyList<RivalRow> rows) => rows.Count == 0 ? default : Html.Of(
        $"""
        {Tables.Of("The measures, those that move first at the top", ["Measure", "Lead, steps (quartiles)", "Factor", "First in", "Of runs", "Correlation (95 %)", "Within", "AUC (95 %)", "Runs", "Generalise"], Ranked(rows).Select(row => (string[])
        [
            $"{row.Measure.Account}: {row.Measure.Label}", Steps(row.Lead), Factor(row.Factor), Numbers.Percent(row.First), Numbers.Count(row.LeadRuns),
            row.Rank?.Words ?? Numbers.None, Numbers.Signed(row.Within), row.Area?.Words ?? Numbers.None, Numbers.Count(row.Runs), Numbers.Count(row.Generalising),
        ]), numeric: true)}<p class="note">Lead: median of the validation accuracy's half-way step minus the measure's; factor: median of their quotient; first in: share of the runs in which the measure is first. Correlation: Spearman's, of the value at memorisation with the step of generalisation; within: its mean among runs of one weight decay. AUC: for whether the run generalises. Intervals are over resampled runs. {Numbers.None}: not defined.</p>

        """);

    /// <summary>The best of each account in each discipline.</summary>
    public static Html Accounts(IReadOnlyList<RivalRow> rows)
    {
        static string Best(IEnumerable<RivalRow> rows, Func<RivalRow, double?> value, Func<double, double> strength, Func<double?, string> words) => rows.Where(row => value(row) is not null).MaxBy(row => strength(value(row)!.Value)) is { } best
            ? $"{words(value(best))} ({best.Measure.Label})"
            : Numbers.None;
        return rows.Count == 0 ? default : Tables.Of(
            "The accounts, each by its best measure", ["Account", "Measures", "Lead factor", "Correlation", "Within a weight decay", "AUC"],
            Ranked(rows).GroupBy(row => row.Measure.Account).Select(account => (string[])
            [
                account.Key, Numbers.Count(account.Count()), Best(account, row => row.Factor, value => value, Factor), Best(account, row => row.Rank?.Value, Math.Abs, Numbers.Signed), Best(account, row => row.Within, Math.Abs, Numbers.Signed),
                Best(account, row => row.Area?.Value, value => Math.Abs(value - 0.5), Numbers.Signed),
            ]));
    }

    /// <summary>What the runs of each weight decay do.</summary>
    public static Html Decays(IReadOnlyList<DecayRuns> decays)
    {
        string Signature(DecayRuns group, string column) => Numbers.Steps(Statistics.Median(group.Runs.Select(run => run.Signature?.Number(column)).OfType<double>()));
        static string Median(double? step) => step is null ? "never" : Numbers.Steps(step);
        return Tables.Of(
            "The runs", ["Weight decay", "Runs", "Memorise", "Median step", "Generalise", "Median step", "Median delay", "Fitted middle, train", "Validation", "Loss spikes, median"],
            decays.Select(group => (string[])
            [
                group.WeightDecay is { } decay ? Numbers.Parameter(decay) : Numbers.None, Numbers.Count(group.Runs.Count), Numbers.Count(group.Memorising), Median(group.Memorised), Numbers.Count(group.Generalising), Median(group.Generalised),
                Numbers.Steps(group.Delay), Signature(group, "train_midpoint"), Signature(group, "validation_midpoint"), Signature(group, "loss_spikes"),
            ]), numeric: true);
    }

    /// <summary>The phases beside the published ones.</summary>
    public static Html Phases(IReadOnlyList<PhaseSteps> phases, RunGroup runs)
    {
        if (phases.Count == 0) return default;
        string[] Row(string phase, string sign, Func<PhaseSteps, double?> step, string published)
        {
            double[] known = [.. phases.Select(step).OfType<double>()];
            return
            [
                phase, sign, Numbers.Count(known.Length), Numbers.Steps(Statistics.Median(known)), known.Length == 0 ? Numbers.None : $"{Numbers.Steps(Statistics.Quantile(known, 0.25))} to {Numbers.Steps(Statistics.Quantile(known, 0.75))}", published,
            ];
        }

        var modulus = runs.Common("p") is { } p ? $", here p = {Numbers.Setting(p)}" : "";
        return Html.Of(
            $"""
            {Tables.Of("The phases of Nanda et al.", ["Phase", "Step here", "Runs", "Median", "Middle half", "Published: ends at epoch"],
            [
                Row("Memorisation", "accuracy on the training samples", steps => steps.Memorised, Numbers.Count(PhaseSteps.PublishedMemorisation)),
                Row("Circuit formation", "half-way fall of the restricted loss", steps => steps.Circuit, Numbers.Count(PhaseSteps.PublishedCircuit)),
                Row("Cleanup", "half-way fall of the weight norm", steps => steps.Cleanup, Numbers.Count(PhaseSteps.PublishedCleanup)),
                Row("Generalisation", "accuracy on the others", steps => steps.Generalised, Numbers.None),
            ])}<p class="note">Of the {Numbers.Counted(phases.Count, "run")} that memorise first and generalise later. A half-way fall is counted from the largest value since memorisation to the last one. {Numbers.Of(phases.Count(steps => steps.IsOrdered), phases.Count)} have the three in the published order. The published run is a one-layer transformer modulo 113{modulus}; its epochs are the ends of phases, ours the middles of the falls, so that their order can be compared and not their steps.</p>

            """);
    }

    private static IEnumerable<RivalRow> Ranked(IReadOnlyList<RivalRow> rows) => rows.OrderByDescending(row => row.Factor ?? double.NegativeInfinity).ThenBy(row => row.Measure.Label, StringComparer.Ordinal);

    private static string Factor(double? factor) => factor is { } known ? Numbers.Parameter(known) : Numbers.None;

    private static string Steps(Estimate? lead) => lead is { Low: { } low, High: { } high } ? $"{Step(lead.Value)} ({Step(low)} to {Step(high)})" : Step(lead?.Value);

    /// <summary>A step, or a difference of steps, with a minus sign as in charts.</summary>
    private static string Step(double? value) => Numbers.Steps(value).Replace('-', '−');
}
