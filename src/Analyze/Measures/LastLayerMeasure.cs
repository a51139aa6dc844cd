using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The norm of the last layer and how fast the features below it move.</summary>
internal sealed class LastLayerMeasure : IMeasure
{
    public string Name => "last_layer";

    public string Source => "Thilak et al. (2022), slingshots";

    public string Needs => "output layer; hidden activations, the checkpoint before";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("last_layer_norm", ColumnType.Float64, "Frobenius norm of the weights that give the logits; null: they are not given by a linear layer"),
        new("feature_change", ColumnType.Float64, "norm of the change of the hidden activations since the checkpoint before, divided by their norm there; null: the run's first checkpoint"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        double? change = null;
        if (context.HasPrevious)
        {
            var (now, then) = (context.Hidden.After, context.PreviousFeatures);
            if (now.Length != then.Length) throw new NotMeasurableException("the checkpoint before has another hidden layer");
            double moved = 0, length = 0;
            for (var i = 0; i < now.Length; i++)
            {
                double difference = now[i] - then[i];
                (moved, length) = (moved + (difference * difference), length + ((double)then[i] * then[i]));
            }

            change = length > 0 ? Math.Sqrt(moved / length) : null;
        }

        return [context.OutputLayer.Norm, change];
    }
}
