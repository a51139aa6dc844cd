namespace Goldilocks.Theory;

/// <summary>How much of the data set's structure an embedding has. What a parallelogram is depends on how embeddings meet: as sums or as products.</summary>
public interface IRepresentationQuality
{
    /// <summary>RQI = |P(R, δ)| / |P0| (eq. 3); 1 when P0 is empty.</summary>
    /// <param name="embedding">E, a row per symbol, as trained (not normalised).</param>
    /// <exception cref="ArgumentException">The length does not fit the symbols.</exception>
    double Rqi(ReadOnlySpan<float> embedding);

    /// <summary>Acc^: the share of samples that are trained or form a parallelogram of R with a trained one (appendix D).</summary>
    /// <exception cref="ArgumentException">The embedding's length does not fit the symbols, or the split belongs to another dataset.</exception>
    double PredictedAccuracy(ReadOnlySpan<float> embedding, Split split);
}
