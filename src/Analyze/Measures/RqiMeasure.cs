using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>RQI(R) = |P(R, δ)| / |P0|: which share of the possible parallelograms the embedding has.</summary>
internal sealed class RqiMeasure : IMeasure
{
    public string Name => "rqi";

    public string Source => "section 3.1, equation 3";

    public string Needs => "embedding";

    public IReadOnlyList<Column> Columns { get; } = [new("rqi", ColumnType.Float64, "representation quality index, a fraction, by the run's convention")];

    public double?[] Compute(MeasureContext context) =>
        [context.Task.Quality(context.Convention, context.TaskEmbedding.Dimension).Rqi(context.TaskEmbedding.Values)];
}
