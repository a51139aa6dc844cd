using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 22: validation accuracy over training with the embedding reduced to a few components, and with all of it.</summary>
/// <param name="run">The run.</param>
/// <param name="isFinal">Along the last checkpoint's axes, not along each checkpoint's own.</param>
/// <param name="accuracies">Of all checkpoints.</param>
/// <param name="analysis">The same checkpoints with their whole embedding.</param>
internal sealed class ReducedByStepFigure(RunRow run, bool isFinal, IReadOnlyList<ReducedAccuracy> accuracies, IReadOnlyList<AnalysisRow> analysis) : Figure
{
    private const string All = "all components";

    private static readonly int[] Wanted = [2, 4, 8];

    private readonly StepAxis _axis = new(run);

    /// <summary>Numbers of components that have a line: those of the table that are nearest to the wanted.</summary>
    private readonly int[] _counts = Counts(accuracies);

    public override string Id => $"reduced-{(isFinal ? "final" : "own")}";

    public override string Title => $"Over training, {(isFinal ? "final" : "own")} axes";

    public override string Alt => $"Line chart of validation accuracy against training step, with {string.Join(", ", _counts)} and all components.";

    public override string Caption =>
        $"Validation accuracy at every checkpoint with its embedding reduced to the first components along {(isFinal ? "the axes of the last checkpoint" : "its own axes")}, and with all of it. {_axis.Note}".Trim();

    public override int Head => 66;

    /// <summary>Of the numbers of components in the table, those nearest to 2, 4 and 8.</summary>
    public static int[] Counts(IReadOnlyList<ReducedAccuracy> accuracies)
    {
        int[] known = [.. accuracies.Select(one => one.Components).Distinct().Order()];
        return known.Length == 0 ? [] : [.. Wanted.Select(wanted => known.MinBy(count => Math.Abs(count - wanted))).Distinct()];
    }

    protected override JsonObject Draw(bool interactive)
    {
        var x = _axis.Encode();
        x["field"] = "x";
        var reduced = accuracies.Where(one => one.IsFinal == isFinal && one.Validation is not null && _counts.Contains(one.Components)).Select(one => (Name(one.Components), (double)one.Step, one.Validation!.Value));
        var whole = analysis.Where(row => row.ValidationAccuracy is not null).Select(row => (All, (double)row.Step, row.ValidationAccuracy!.Value));
        return ReducedLines.Chart(reduced.Concat(whole).Where(row => _axis.Shows((long)row.Item2)), [.. _counts.Select(Name), All], x, interactive, ("x", "step", ",d"));
    }

    private static string Name(int count) => Numbers.Counted(count, "component");
}
