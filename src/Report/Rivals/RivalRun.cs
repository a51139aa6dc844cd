namespace Goldilocks.Report;

/// <summary>A run and the measures of its checkpoints.</summary>
/// <param name="Row">The run.</param>
/// <param name="Curves">By column; finite values only.</param>
/// <param name="Signature">What was measured of the run as a whole; null where nothing was.</param>
internal sealed record RivalRun(RunRow Row, IReadOnlyDictionary<string, Curve> Curves, TableRow? Signature)
{
    /// <summary>Of the decoder; null where the recipe has none.</summary>
    public double? WeightDecay => Row.Number("decoder_weight_decay");

    /// <summary>Whether it generalises after it memorises.</summary>
    public bool IsDelayed => Row.ValidationStep > Row.TrainStep;

    public Curve CurveOf(string column) => Curves.GetValueOrDefault(column, Curve.Empty);

    /// <summary>The half-way step of the validation accuracy divided by that of the measure; null where a half-way step is missing, or the run is not delayed.</summary>
    public double? Factor(string column) => IsDelayed && CurveOf("validation_accuracy").HalfWay(Row.TrainStep!.Value) is { } accuracy && CurveOf(column).HalfWay(Row.TrainStep!.Value) is { } mine
        ? (accuracy + 1) / (mine + 1)
        : null;
}
