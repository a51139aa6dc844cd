namespace Goldilocks.Report;

/// <summary>What the numbers show, and what they do not, in words made from them.</summary>
internal static class RivalFindings
{
    /// <summary>The result in a few sentences.</summary>
    public static string Lead(RivalData data, DecayRuns shown)
    {
        if (data.Runs is [var only])
            return $"One run: it memorises at step {Numbers.StepOrNever(only.Row.TrainStep)} and generalises at step {Numbers.StepOrNever(only.Row.ValidationStep)}. Accounts are compared over several runs; of one there are only the courses of the measures.";
        var generalising = data.Runs.Count(run => run.Row.ValidationStep is not null);
        if (generalising == 0) return $"None of {Numbers.Counted(data.Runs.Count, "run")} generalises in its steps, so no account can be ahead of generalisation. The measures take their courses all the same.";
        return $"{Numbers.Of(generalising, data.Runs.Count)} runs generalise; with {shown.Words} in the median {Numbers.Steps(shown.Delay)} steps after memorisation. {First(data.Rows)}{When(data.Rows)}{Whether(data.Rows)}".TrimEnd();
    }

    /// <summary>Which runs the courses are of, and why.</summary>
    public static string Course(RivalData data, DecayRuns shown, IReadOnlyList<DecayRuns> decays)
    {
        if (data.Runs.Count == 1) return "With one run there are no statistics over runs: (a) to (c) and their tables are missing.";
        var course = $"(d) shows the {Numbers.Counted(shown.Runs.Count, "run")} with {shown.Words}";
        if (decays.Count == 1) return $"{course}: all there are.";
        if (shown.Generalising == 0) return $"{course}; no run of any weight decay generalises.";
        return 2 * shown.Generalising > shown.Runs.Count
            ? $"{course}: of the weight decays with which most runs generalise, the one with the longest median delay, {Numbers.Steps(shown.Delay)} steps."
            : $"{course}: with no weight decay do most runs generalise, with this one {Numbers.Of(shown.Generalising, shown.Runs.Count)}.";
    }

    /// <summary>Measures that a chart leaves out.</summary>
    public static string Absent(RivalData data)
    {
        string Of(char letter, string what, string why, string without, Func<RivalRow, bool> has)
        {
            string[] absent = [.. data.Rows.Where(row => !has(row)).Select(row => row.Measure.Label).Order(StringComparer.Ordinal)];
            return absent.Length == 0 ? "" : absent.Length == data.Rows.Count ? $" ({letter}) is missing: no measure has {what}, {why}." : $" Not in ({letter}), {without}: {string.Join(", ", absent)}.";
        }

        return (Of('a', "a lead", "as in no run something can come between memorisation and generalisation", "as it has no half-way step after memorisation", row => row.Factor is not null)
            + Of('b', "a correlation", "as the runs do not differ in their step of generalisation", "as it is the same in all runs at memorisation", row => row.Rank is not null)
            + Of('c', "an AUC", "as all runs generalise or none does", "for the same reason", row => row.HasForecast)).TrimStart();
    }

    /// <summary>The paragraphs above the tables.</summary>
    public static Html Paragraphs(RivalData data, IReadOnlyList<DecayRuns> decays) => data.Rows.Count == 0 ? default : Html.Of(
        $"""
        <h3>What they show, and what they do not</h3>
        <p><strong>Who moves first.</strong> {RivalCaveats.Leads(data.Rows)}</p>
        <p><strong>When.</strong> {RivalCaveats.Correlations(data.Rows, decays)}</p>
        <p><strong>Whether.</strong> {RivalCaveats.Forecasts(data.Rows, decays)}</p>
        <p><strong>The measures.</strong> {RivalCaveats.Definitions(data)}</p>

        """);

    /// <summary>A measure and its account.</summary>
    public static string Named(RivalMeasure measure) => $"{measure.Label} [{measure.Account}]";

    private static string First(IReadOnlyList<RivalRow> rows)
    {
        RivalRow[] known = [.. rows.Where(row => row.Factor is not null)];
        if (known.Length == 0) return "";
        var best = known.MaxBy(row => row.Factor)!;
        return $"Of {Numbers.Counted(known.Length, "measure")}, {Numbers.Count(known.Count(row => row.Factor > 1))} are half-way before the validation accuracy in the median run, first of all {Named(best.Measure)}, whose half-way step is {Numbers.Parameter(best.Factor!.Value)} times as early. ";
    }

    private static string When(IReadOnlyList<RivalRow> rows)
    {
        if (rows.Where(row => row.Rank is not null).MaxBy(row => Math.Abs(row.Rank!.Value)) is not { } best) return "";
        return $"The step of generalisation is best ordered by {Named(best.Measure)}, rank correlation {Numbers.Signed(best.Rank!.Value)}{(best.Within is { } within ? $", {Numbers.Signed(within)} among runs of one weight decay" : "")}. ";
    }

    private static string Whether(IReadOnlyList<RivalRow> rows)
    {
        if (rows.Where(row => row.Area is not null).MaxBy(row => Math.Abs(row.Area!.Value - 0.5)) is not { } best) return "";
        var equals = rows.Count(row => row.Area is { } area && Math.Abs(area.Value - 0.5) == Math.Abs(best.Area!.Value - 0.5)) - 1;
        return $"Whether a run generalises is best told by {Named(best.Measure)}{(equals > 0 ? $" and {Numbers.Counted(equals, "other")}" : "")}, AUC {Numbers.Signed(best.Area!.Value)}{(best.Area.Value < 0.5 ? ": smaller values generalise" : "")}.";
    }
}
