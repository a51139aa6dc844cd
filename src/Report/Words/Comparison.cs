namespace Goldilocks.Report;

/// <summary>Sets a run beside what the paper says and what its authors' code gives.</summary>
internal sealed class Comparison
{
    private const string NotStated = "not stated";

    private readonly List<ComparisonRow> _rows = [];
    private readonly bool _comparable;

    public Comparison(RunDetail run)
    {
        var row = run.Row;
        Absence = ReferenceRun.Difference(row);
        _comparable = Absence is null;
        Step($"First step with {Terms.AccuracyRule(row, "training accuracy")}", NotStated, ReferenceRun.TrainStep, row.TrainStep);
        Step($"First step with {Terms.AccuracyRule(row, "validation accuracy")}", NotStated, ReferenceRun.ValidationStep, row.ValidationStep);
        Step($"First step with {Terms.RqiRule(row)}", "about 3\u00a0nₕ steps to the line, nₕ = 1/(λ₃η) (section 3.2)", ReferenceRun.RqiStep, row.RqiStep);
        Add("Phase", "comprehension when validation follows within 1000 steps (Table 1)", "comprehension", row.Phase, Same(row.Phase, "comprehension"));
        foreach (var (step, loss) in ReferenceRun.Losses) Loss(run, step, loss);
        Accuracy("Training accuracy at the end", row.Number("final_train_accuracy"));
        Accuracy("Validation accuracy at the end", row.Number("final_validation_accuracy"));
        Value("RQI at the end", "1 for a linear representation (section 3.1)", ReferenceRun.FinalAccuracy, row.Number("final_rqi"), Numbers.Fraction);
        var last = run.Analysis is { Count: > 0 } analysis ? analysis[^1] : null;
        var pairs = row.Addition is { } task ? $" of all {Numbers.Count(task.Pairs)} pairs" : "";
        Value($"Ideal accuracy{pairs}", NotStated, 1, last?.IdealAccuracy, Numbers.Percent, " (10 of the 10 validation pairs)");
        Value("Nullity of the training set's equations", "2 when they imply a unique line (section 3.2)", ReferenceRun.Nullity, last?.Nullity, Numbers.Fraction);
    }

    public IReadOnlyList<ComparisonRow> Rows => _rows;

    /// <summary>Why the reference column is empty, or null when it is not.</summary>
    public string? Absence { get; }

    private static string Same(string here, string reference) => here == reference ? "equal" : "differs";

    private void Add(string quantity, string paper, string reference, string here, string agreement) =>
        _rows.Add(new ComparisonRow(quantity, paper, _comparable ? reference : null, here, _comparable ? agreement : null));

    private void Step(string quantity, string paper, long reference, long? here) => Add(quantity, paper, Numbers.Count(reference), Numbers.StepOrNever(here),
        here == reference ? "equal" : here is { } step ? $"{Numbers.Counted(Math.Abs(step - reference), "step")} {(step < reference ? "earlier" : "later")}" : "not reached here");

    private void Accuracy(string quantity, double? here) => Value(quantity, NotStated, ReferenceRun.FinalAccuracy, here, Numbers.Percent);

    private void Value(string quantity, string paper, double reference, double? here, Func<double?, string> format, string note = "") =>
        Add(quantity, paper, format(reference) + note, format(here), here == reference ? "equal" : here is null ? Numbers.None : "differs");

    private void Loss(RunDetail run, long step, double reference)
    {
        var here = run.TrainLoss.At(step);
        var nearest = run.TrainLoss.Nearest(step);
        if (here is null && (nearest is null || step > run.Row.Steps)) return;
        var text = here is not null ? Numbers.Loss(here) : $"{Numbers.Loss(nearest!.Value.Value)} at step {nearest.Value.Step}, the nearest recorded";
        var agreement = here is not { } value ? Numbers.None
            : Numbers.Loss(value) == Numbers.Loss(reference) ? "equal"
            : $"relative difference {Numbers.Magnitude(Math.Abs(value - reference) / reference)}";
        Add($"Training loss at step {Numbers.Count(step)}", NotStated, Numbers.Loss(reference), text, agreement);
    }
}
