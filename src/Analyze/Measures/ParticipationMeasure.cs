using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>Whether each hidden unit looks at one frequency of its inputs.</summary>
internal sealed class ParticipationMeasure : IMeasure
{
    public string Name => "participation";

    public string Source => "Gromov (2023), inverse participation ratio";

    public string Needs => "hidden layer before its activation, addition modulo p";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("participation_ratio", ColumnType.Float64, "inverse participation ratio of the units' responses to either symbol, their mean over the other one: 1/2 for a single frequency, about 2/p for random weights"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var symbols = context.Modulus;
        return [ParticipationRatio.Of(context.UnitResponses, context.Hidden.Units * 2, symbols)];
    }
}
