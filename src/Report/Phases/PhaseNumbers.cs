namespace Goldilocks.Report;

/// <summary>The numbers of a phase map, as words and tables.</summary>
internal static class PhaseNumbers
{
    /// <summary>Steps within which a threshold counts by Table 1.</summary>
    private const long PublishedBudget = 100_000;

    /// <summary>"61 cells of comprehension, 40 of grokking, ...".</summary>
    public static string Counts(PhaseGrid grid)
    {
        (string Phase, int Count)[] found = [.. PhaseKind.All.Select(phase => (phase, grid.Count(phase))).Where(pair => pair.Item2 > 0)];
        return string.Join(", ", found.Select((pair, i) => i == 0 ? $"{Numbers.Counted(pair.Count, "cell")} of {pair.Phase}" : $"{Numbers.Count(pair.Count)} of {pair.Phase}"));
    }

    /// <summary>"≥ 90 %", or "&gt; 90 %" in the paper's convention: the training accuracy that counts.</summary>
    public static string Threshold(RunGroup runs) => Threshold(runs, run => run.AccuracyThreshold);

    /// <summary>The same of the validation accuracy.</summary>
    public static string ValidationThreshold(RunGroup runs) => Threshold(runs, run => run.ValidationThreshold);

    /// <summary>By what rule a run has its phase.</summary>
    public static string Rule(RunGroup runs)
    {
        var budget = runs.Runs.Max(BudgetOf) == PublishedBudget ? "" : $" (Table 1 has {Numbers.Count(PublishedBudget)})";
        var (train, validation) = (Threshold(runs), ValidationThreshold(runs));
        var reached = train == validation ? $"an accuracy is reached when {train}" : $"the training accuracy is reached when {train} and the validation accuracy when {validation}, both";
        return $"Rule (Table 1): {reached} within the {Budget(runs)} of a run{budget}; validation fewer than {runs.Range(run => run.GrokkingGap, Numbers.Steps)} steps after training is comprehension, later is grokking, never is memorization; neither reached is confusion, validation alone undefined.";
    }

    /// <summary>Runs, share and cells of each phase.</summary>
    public static Html Phases(PhaseGrid grid)
    {
        string[] head = ["Phase", "Runs", "Share of the runs"];
        string[] Row(string phase)
        {
            var runs = grid.Runs.Count(run => run.Phase == phase);
            string[] row = [phase, Numbers.Count(runs), Numbers.Percent((double)runs / grid.Runs.Count)];
            return grid.HasSeveral ? [.. row, Numbers.Count(grid.Count(phase))] : row;
        }

        return Tables.Of("Runs by phase", grid.HasSeveral ? [.. head, "Cells in which it is the most frequent"] : head, PhaseKind.All.Where(phase => phase != PhaseKind.Undefined || grid.Phases.Contains(phase)).Select(Row), numeric: true);
    }

    /// <summary>How long validation came after training, by phase.</summary>
    public static Html Delays(PhaseGrid grid)
    {
        static string[] Row(string name, Delay[] delays)
        {
            string Gap(Func<IEnumerable<double>, double> of) => Numbers.Steps(of(delays.Select(delay => (double)delay.Gap)));
            string Ratio(Func<IEnumerable<double>, double> of) => Numbers.Significant(Math.Round(of(delays.Select(delay => delay.Ratio)), 3));
            return
            [
                name, Numbers.Count(delays.Length), Gap(Statistics.Median), Gap(Enumerable.Min), Gap(Enumerable.Max), Ratio(Statistics.Median), Ratio(Enumerable.Min), Ratio(Enumerable.Max),
            ];
        }

        static Delay[] Of(IEnumerable<RunRow> runs) => [.. runs.Select(Delay.Of).OfType<Delay>()];
        (string Name, Delay[] Delays)[] groups = [.. grid.Phases.Select(phase => (phase, Of(grid.Runs.Where(run => run.Phase == phase)))).Append(("all", Of(grid.Runs))).Where(group => group.Item2.Length > 0)];
        return groups.Length == 0
            ? Html.Of($"<p>No run reached both accuracies, so none has a delay.</p>\n")
            : Tables.Of("Delay of the validation accuracy behind the training accuracy, among runs that reach both", ["Phase", "Runs", "Median (steps)", "Least", "Most", "Median ratio", "Least", "Most"], groups.Select(group => Row(group.Name, group.Delays)), numeric: true);
    }

    /// <summary>Thresholds, and the size of the sweep.</summary>
    public static Html Sweep(PhaseGrid grid, RunGroup runs)
    {
        var (least, most) = (grid.Cells.Min(cell => cell.Runs.Count), grid.Cells.Max(cell => cell.Runs.Count));
        List<string[]> rows =
        [
            .. Threshold(runs) == ValidationThreshold(runs)
                ? (string[][])[["Accuracy threshold", Threshold(runs)]]
                : [["Training accuracy threshold", Threshold(runs)], ["Validation accuracy threshold", ValidationThreshold(runs)]],
            .. runs.Runs.Any(run => run.HasRqi) ? (string[][])[["RQI threshold", $"> {runs.Range(run => run.RqiThreshold, Numbers.Fraction)}"]] : [],
            ["Delay from which on it is grokking", $"{runs.Range(run => run.GrokkingGap, Numbers.Steps)} steps"],
            ["Step budget", Budget(runs)],
            ["Runs", Numbers.Count(grid.Runs.Count)],
            ["Cells with a run", Numbers.Of(grid.Cells.Count, grid.Columns * grid.Rows)],
            ["Runs in a cell", least == most ? Numbers.Count(most) : $"{Numbers.Count(least)} to {Numbers.Count(most)}"],
        ];
        return Tables.Of("Thresholds and size", ["Quantity", "Value"], rows);
    }

    /// <summary>Phases among runs whose training set implies every answer, and among the others.</summary>
    public static Html Splits(PhaseGrid grid, SplitShares splits)
    {
        string[] Row(string phase)
        {
            string Cell(IReadOnlyList<RunRow> runs) => runs.Count == 0 ? Numbers.None : $"{Numbers.Of(runs.Count(run => run.Phase == phase), runs.Count)} ({Numbers.Percent((double)runs.Count(run => run.Phase == phase) / runs.Count)})";
            return [phase, Cell(grid.Runs), Cell(splits.Able), Cell(splits.Unable)];
        }

        return Tables.Of("Phases by the ideal accuracy of the training set", ["Phase", "All runs", "Ideal accuracy 1", "Below 1"], grid.Phases.Select(Row), numeric: true);
    }

    private static string Threshold(RunGroup runs, Func<RunRow, double> of) => $"{(runs.Runs[0].IsReferenceConvention ? "≥" : ">")} {runs.Range(of, Numbers.Percent)}";

    private static string Budget(RunGroup runs) => $"{runs.Range(BudgetOf, Numbers.Steps)} steps";

    private static double BudgetOf(RunRow run) => run.Integer("steps") ?? run.Steps;
}
