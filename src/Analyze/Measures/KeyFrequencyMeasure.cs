using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>Which frequencies the hidden units compute with.</summary>
internal sealed class KeyFrequencyMeasure : IMeasure
{
    private const double KeyShare = 0.85;

    public string Name => "key_frequencies";

    public string Source => "Nanda et al. (2023), section 4";

    public string Needs => "hidden activations of all ordered pairs, addition modulo p";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("key_frequencies", ColumnType.Int64, "frequencies that lead some hidden unit with more than 85 % of its variance over all pairs"),
        new("key_units", ColumnType.Float64, "fraction of the hidden units that such a frequency leads"),
        new("unit_frequency_share", ColumnType.Float64, "mean over the hidden units of the share of their variance in their leading frequency"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var units = context.UnitFrequencies;
        var keys = UnitFrequencies.Keys(units, KeyShare);
        return [keys.Length, (double)units.Count(unit => unit.Share > KeyShare) / units.Length, units.Average(unit => unit.Share)];
    }
}
