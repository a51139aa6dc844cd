using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>Acc^ = |D̄(D, P(R))| / |D0|: the accuracy over all samples that the embedding's parallelograms explain.</summary>
internal sealed class PredictedAccuracyMeasure : IMeasure
{
    public string Name => "predicted_accuracy";

    public string Source => "section 3.1, appendix D";

    public string Needs => "embedding, split";

    public IReadOnlyList<Column> Columns { get; } =
        [new("predicted_accuracy", ColumnType.Float64, "fraction of all samples that are trained or complete a parallelogram with a trained one, by the run's convention")];

    public double?[] Compute(MeasureContext context) =>
        [context.Task.Quality(context.Convention, context.TaskEmbedding.Dimension).PredictedAccuracy(context.TaskEmbedding.Values, context.Task.Split)];
}
