using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>What a linear probe reads from the hidden units that the model itself does not say.</summary>
internal sealed class ShadowKnowledgeMeasure : IMeasure
{
    public string Name => "shadow_knowledge";

    public string Source => "outrun behaviour: encoder before decoder";

    public string Needs => "hidden activations, split";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("probe_accuracy", ColumnType.Float64, "validation accuracy of a linear probe, ridge regression onto the classes, fitted to the hidden activations of the training samples; null: there are no validation samples"),
        new("shadow_knowledge", ColumnType.Float64, "probe_accuracy minus the model's own validation accuracy"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var hidden = context.Hidden;
        if (context.Task.Validation.IsEmpty) return [null, null];
        foreach (var value in hidden.After)
            if (!float.IsFinite(value)) throw new NotMeasurableException("the hidden activations are not finite");
        var probe = LinearProbe.Accuracy(hidden.After, hidden.Units, context.Task.Evaluation.Labels, context.Task.Evaluation.Classes, context.Task.Train, context.Task.Validation);
        return [probe, probe - context.Outputs.Accuracy(context.Task.Validation)];
    }
}
