using System.Text.Json.Nodes;

namespace Goldilocks.Report;

/// <summary>Figure 22: what checkpoints still answer when their embedding is reduced to its first n components.</summary>
/// <param name="isFinal">Along the last checkpoint's axes, not along each checkpoint's own.</param>
/// <param name="accuracies">Of all checkpoints.</param>
/// <param name="moments">A line for each.</param>
internal sealed class ReducedByCountFigure(bool isFinal, IReadOnlyList<ReducedAccuracy> accuracies, IReadOnlyList<Moment> moments) : Figure
{
    private readonly ReducedAccuracy[] _shown = [.. accuracies.Where(one => one.IsFinal == isFinal && one.Validation is not null && moments.Any(moment => moment.Step == one.Step))];

    public override string Id => $"components-{(isFinal ? "final" : "own")}";

    public override string Title => $"n components, {(isFinal ? "final" : "own")} axes";

    public override string Alt => $"Line chart of validation accuracy against the number of principal components, one line for each of {Numbers.Counted(moments.Count, "checkpoint")}.";

    public override string Caption =>
        $"Validation accuracy of the exported model, by ONNX Runtime, when only the first n principal components of its embedding are left (its mean is kept), along {(isFinal ? "the axes of the last checkpoint" : "the checkpoint's own axes")}. The decoder is that of the checkpoint.";

    public override int Head => 66;

    protected override JsonObject Draw(bool interactive)
    {
        var largest = Math.Max(2, _shown.Select(one => one.Components).DefaultIfEmpty(2).Max());
        var x = Marks.Channel(
            "x", "Components n (logarithmic)", new JsonObject { ["type"] = "log", ["base"] = 2, ["domain"] = new JsonArray(1, largest), ["nice"] = false },
            new JsonObject { ["values"] = new JsonArray([.. Enumerable.Range(0, 12).Select(i => 1 << i).Where(count => count <= largest).Select(count => (JsonNode)count)]), ["format"] = "d" });
        return ReducedLines.Chart(
            _shown.Select(one => (Name(one.Step), (double)one.Components, one.Validation!.Value)), [.. moments.Select(moment => Name(moment.Step))], x, interactive, ("x", "components", "d"));
    }

    private static string Name(long step) => $"step {Numbers.Count(step)}";
}
