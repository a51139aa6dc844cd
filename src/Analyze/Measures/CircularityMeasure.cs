using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>How far the embedding's rows, in their order, lie on a circle, and of which frequency.</summary>
internal sealed class CircularityMeasure : IMeasure
{
    public string Name => "circularity";

    public string Source => "this project; Fig 2 d and the Fourier account of modular addition";

    public string Needs => "embedding";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("circularity", ColumnType.Float64, "largest share of the embedding's variance in one Fourier frequency; 1: an exact circle"),
        new("dominant_frequency", ColumnType.Int64, "that frequency k; neighbours on the circle differ by the inverse of k modulo p"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        if (KnownTask.IsGroup(context.Checkpoint.Graph.Metadata)) throw new NotMeasurableException("a group's elements stand in no order that a circle could have");
        var found = Circularity.Of(context.Embedding.Values, context.Embedding.Symbols);
        return [found.Share, found.Frequency];
    }
}
