using System.Globalization;
using Goldilocks.Graph.Compile;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>Pairs of symbols (a, b) and the class of a ∘ b: inputs <c>a</c>, <c>b</c> and <c>label</c>, INT64 [B].</summary>
public sealed class PairData(Split split) : TaskData
{
    /// <summary>The samples and their split.</summary>
    public Split Split => split;

    public override string Task => split.Samples.Operation;

    public override int Count => split.Samples.Count;

    public override int Classes => split.Samples.Classes;

    public override int[] Labels => split.Samples.Labels;

    public override int[] Train => split.Train;

    public override int[] Validation => split.Validation;

    public override IEnumerable<KeyValuePair<string, string>> Metadata =>
    [
        new("pairs", split.Samples.Ordered ? "ordered" : "unordered"),
        new("p", split.Samples.Symbols.ToString(CultureInfo.InvariantCulture)),
        new("train_samples", string.Join(' ', split.Train)),
    ];

    public override void Feed(CompiledModel plan, ReadOnlySpan<int> samples)
    {
        var a = plan.Indices("a");
        var b = plan.Indices("b");
        for (var r = 0; r < samples.Length; r++) (a[r], b[r]) = (split.Samples.First[samples[r]], split.Samples.Second[samples[r]]);
        var label = plan.Indices("label");
        for (var r = 0; r < samples.Length; r++) label[r] = split.Samples.Labels[samples[r]];
    }
}
