namespace Goldilocks.Report;

/// <summary>How far each statistic of the rival accounts reaches.</summary>
internal static class RivalCaveats
{
    /// <summary>Examples that are named.</summary>
    private const int Named = 3;

    /// <summary>Runs of a weight decay whose order says next to nothing.</summary>
    private const int Few = 4;

    /// <summary>Of leads over the validation accuracy.</summary>
    public static string Leads(IReadOnlyList<RivalRow> rows)
    {
        RivalRow[] known = [.. rows.Where(row => row.Lead is not null)];
        if (known.Length == 0) return "No measure has a lead: it needs runs that memorise first and generalise later.";
        return $"{Numbers.Of(known.Count(row => row.Factor > 1), known.Length)} measures are half-way before the validation accuracy in the median run; of {Numbers.Count(known.Count(row => row.Lead!.Side(0) > 0))} the middle half of the runs is earlier, of {Numbers.Count(known.Count(row => row.Lead!.Side(0) < 0))} later. A lead is no cause: both may follow from something third. It also depends on its definition: half-way between memorisation and the end of training makes a measure late that drifts on after generalisation, and one early that settles soon after memorisation, whatever it means.";
    }

    /// <summary>Of correlations with the step of generalisation.</summary>
    public static string Correlations(IReadOnlyList<RivalRow> rows, IReadOnlyList<DecayRuns> decays)
    {
        RivalRow[] known = [.. rows.Where(row => row.Rank is not null)];
        if (known.Length == 0) return "No correlation is defined: the runs do not differ in their step of generalisation, or in no measure at memorisation.";
        RivalRow[] clear = [.. known.Where(row => row.Rank!.Side(0) != 0)];
        var text = $"{Numbers.Of(clear.Length, known.Length)} correlations have an interval without 0; {Chance(known.Length)}. {Width("correlations", known.Select(row => row.Rank!))}";
        if (decays.Count == 1) return $"{text} All runs have one weight decay, so none of it is an effect of weight decay.";
        RivalRow[] comparable = [.. clear.Where(row => row.Within is not null)];
        RivalRow[] follow = [.. comparable.Where(row => row.Within * Math.Sign(row.Rank!.Value) < Math.Abs(row.Rank.Value) / 2).OrderByDescending(row => Math.Abs(row.Rank!.Value))];
        var examples = string.Join(", ", follow.Take(Named).Select(row => $"{row.Measure.Label} ({Numbers.Signed(row.Rank!.Value)} over all runs, {Numbers.Signed(row.Within)} within)"));
        var (least, most) = (decays.Min(group => group.Memorising), decays.Max(group => group.Memorising));
        var sizes = least == most ? Numbers.Counted(most, "run") : $"{Numbers.Count(least)} to {Numbers.Counted(most, "run")}";
        var within = comparable.Length == 0
            ? "of none of these measures is the correlation within a weight decay defined"
            : $"of {Numbers.Counted(comparable.Length, "such measure")} {Numbers.Count(follow.Length)} have within a weight decay less than half of their correlation, or one of the other sign{(follow.Length > 0 ? $": {examples}{(follow.Length > Named ? " and others" : "")}" : "")}";
        return $"{text} A measure that merely follows weight decay separates weight decays, not seeds: {within}. A weight decay has {sizes} that memorise{(most <= Few ? ", too few to tell" : "")}.";
    }

    /// <summary>Of the area under the curve.</summary>
    public static string Forecasts(IReadOnlyList<RivalRow> rows, IReadOnlyList<DecayRuns> decays)
    {
        RivalRow[] known = [.. rows.Where(row => row.HasForecast)];
        if (known.Length == 0) return "No AUC is defined: all runs that memorise generalise, or none does.";
        var (least, most) = (known.Min(row => row.Generalising), known.Max(row => row.Generalising));
        var uniform = decays.Count(group => group.Generalising == 0 || group.Generalising == group.Runs.Count);
        return $"Of the runs with a value, {(least == most ? Numbers.Count(most) : $"{Numbers.Count(least)} to {Numbers.Count(most)}")} generalise; never means: not within their steps. {Numbers.Of(known.Count(row => row.Area!.Side(0.5) != 0), known.Length)} areas have an interval without 0.5; {Chance(known.Length)}. {Width("areas", known.Select(row => row.Area!))}{(decays.Count > 1 ? $" With {Numbers.Of(uniform, decays.Count)} weight decays all runs generalise or none does: there the area tells weight decays apart, not runs." : "")}";
    }

    /// <summary>Of the measures themselves.</summary>
    public static string Definitions(RivalData data)
    {
        double[] rqi = [.. data.Runs.SelectMany(run => run.CurveOf("rqi").Values)];
        var exact = rqi.Length > 0 && Array.TrueForAll(rqi, value => value == 0) ? " Here RQI is 0 at every checkpoint of every run." : "";
        return $"Restricted and excluded loss use the frequencies of the run's last checkpoint: they describe, and forecast nothing. The logistic curves fitted to whole accuracies and the counts of loss spikes describe as well. RQI and the accuracy predicted from it need exact parallelograms, which embeddings of many dimensions hardly have.{exact} An account with more measures has more chances to come first.";
    }

    private static string Chance(int count) => $"without any relation about {Numbers.Count((long)Math.Round(count / 20.0))} of {Numbers.Count(count)} would by chance";

    /// <summary>How wide the intervals are.</summary>
    private static string Width(string what, IEnumerable<Estimate> estimates)
    {
        double[] widths = [.. estimates.Where(estimate => estimate is { Low: not null, High: not null }).Select(estimate => (estimate.High - estimate.Low)!.Value)];
        return widths.Length == 0 ? "" : $"With few runs intervals are wide: half of those of the {what} here are wider than {Numbers.Signed(Statistics.Median(widths))}.";
    }
}
