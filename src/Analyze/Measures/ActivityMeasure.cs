using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>How many hidden units respond.</summary>
internal sealed class ActivityMeasure : IMeasure
{
    private const float Threshold = 0.01f;

    public string Name => "activity";

    public string Source => "share of active units";

    public string Needs => "hidden activations";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("active_share", ColumnType.Float64, "fraction of the hidden activations, over all samples and units, that are larger than 0.01 in magnitude"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var active = 0L;
        foreach (var value in context.Hidden.After) active += Math.Abs(value) > Threshold ? 1 : 0;
        return [(double)active / context.Hidden.After.Length];
    }
}
