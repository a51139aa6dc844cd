using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>What the training samples imply about the representation, before any training.</summary>
internal sealed class TrainingStructureMeasure : IMeasure
{
    public string Name => "training_structure";

    public string Source => "section 3.2, appendix E";

    public string Needs => "split";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("ideal_rqi", ColumnType.Float64, "RQI of a representation with every parallelogram that the training samples imply, a fraction"),
        new("ideal_accuracy", ColumnType.Float64, "fraction of all samples that such a representation predicts"),
        new("nullity", ColumnType.Int64, "dimension of the null space of the training samples' parallelogram equations; 2: a unique line"),
        new("permissible_parallelograms", ColumnType.Int64, "parallelograms between training samples"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var structure = context.Task.Structure;
        return [structure.IdealRqi, structure.IdealAccuracy, structure.Nullity, structure.PermissibleParallelograms];
    }
}
