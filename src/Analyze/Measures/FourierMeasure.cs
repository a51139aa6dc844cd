using Goldilocks.Native;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>How unequal the Fourier components of the embedding are, and those of the map from hidden units to logits.</summary>
internal sealed class FourierMeasure : IMeasure
{
    public string Name => "fourier";

    public string Source => "Nanda et al. (2023), progress measures";

    public string Needs => "embedding; for the second column an output layer on the hidden units";

    public IReadOnlyList<Column> Columns { get; } =
    [
        new("embedding_gini", ColumnType.Float64, "Gini coefficient of the norms of the embedding along the rows of the orthonormal real Fourier basis over the symbols; 0: all equal, towards 1: few frequencies"),
        new("logit_map_gini", ColumnType.Float64, "the same for the weights from hidden units to logits, over the classes; null: the logits are no linear function of the hidden units alone"),
    ];

    public double?[] Compute(MeasureContext context)
    {
        var symbols = context.Modulus;
        var basis = new FourierBasis(symbols);
        var embedding = context.TaskEmbedding;
        return [Gini.Of(basis.Norms(embedding.Values, embedding.Dimension)), OfLogitMap(context, basis)];
    }

    private static double? OfLogitMap(MeasureContext context, FourierBasis basis)
    {
        var layer = context.OutputLayer;
        return layer.Input == context.Hidden.Layer.After && layer.Classes == basis.Symbols ? Gini.Of(basis.Norms(layer.Weight, layer.Columns)) : null;
    }
}
