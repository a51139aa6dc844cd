using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>‖E‖_F.</summary>
internal sealed class EmbeddingNormMeasure : IMeasure
{
    public string Name => "embedding_norm";

    public string Source => "Omnigrok";

    public string Needs => "embedding";

    public IReadOnlyList<Column> Columns { get; } = [new("embedding_norm", ColumnType.Float64, "Frobenius norm of the embedding, not centred")];

    public double?[] Compute(MeasureContext context) => [Math.Sqrt(SquaredNorm.Of(context.Embedding.Tensor))];
}
