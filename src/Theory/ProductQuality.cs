namespace Goldilocks.Theory;

/// <summary>
/// RQI and predicted accuracy of matrix embeddings that are multiplied (appendix H): a generalised parallelogram is a member of P0 with
/// E_a·E_b close to E_c·E_d. Made to be asked at every training step: nothing is allocated after the first time. Not thread-safe.
/// </summary>
/// <remarks>
/// The embedding is divided by the root mean square of all its entries first, in both conventions, so that scale does not decide; a mean
/// cannot be removed, for it changes products. Paper: squared Frobenius norm of the difference ≤ δ. Reference: mean squared
/// difference of the entries &lt; 0.5. A zero embedding has no parallelogram.
/// </remarks>
public sealed class ProductQuality : IRepresentationQuality
{
    /// <summary>δ of the paper, on the squared Frobenius norm.</summary>
    public const double PaperTolerance = 0.01;

    /// <summary>The reference code's limit on the mean squared difference.</summary>
    public const double ReferenceTolerance = 0.5;

    private readonly Convention _convention;
    private double[] _products = [];

    /// <summary>An evaluator of P0 under a convention.</summary>
    public ProductQuality(ProductParallelogramSet all, Convention convention)
    {
        Parallelograms = all;
        _convention = convention;
    }

    /// <summary>P0.</summary>
    public ProductParallelogramSet Parallelograms { get; }

    /// <summary>|P(R, δ)|.</summary>
    /// <param name="embedding">E [P, d, d], row-major; d follows from the length.</param>
    /// <exception cref="ArgumentException">The length is no P·d².</exception>
    public long CountParallelograms(ReadOnlySpan<float> embedding)
    {
        var (size, limit) = Prepare(embedding);
        long count = 0;
        for (var c = 0; c < Parallelograms.Samples.Classes; c++)
        {
            var (start, end) = (Parallelograms.ClassStart[c], Parallelograms.ClassStart[c + 1]);
            for (var s = start; s < end; s++)
            {
                for (var t = s + 1; t < end; t++) count += Coincide(Parallelograms.Members[s], Parallelograms.Members[t], size, limit) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>RQI = |P(R, δ)| / |P0| (eq. 3); 1 when P0 is empty.</summary>
    /// <inheritdoc cref="CountParallelograms"/>
    public double Rqi(ReadOnlySpan<float> embedding) => Parallelograms.Count == 0 ? 1 : (double)CountParallelograms(embedding) / Parallelograms.Count;

    /// <summary>Acc^: the share of samples that are trained or form a parallelogram of R with a trained one (appendix D).</summary>
    /// <exception cref="ArgumentException">The embedding's length is no P·d², or the split belongs to another dataset.</exception>
    public double PredictedAccuracy(ReadOnlySpan<float> embedding, Split split)
    {
        if (split.Samples != Parallelograms.Samples) throw new ArgumentException("the split belongs to another dataset", nameof(split));
        var (size, limit) = Prepare(embedding);
        var trained = new bool[Parallelograms.Samples.Count];
        foreach (var sample in split.Train) trained[sample] = true;
        var reached = (bool[])trained.Clone();
        foreach (var (s, t) in Parallelograms.Enumerate())
        {
            if (trained[s] == trained[t] || !Coincide(s, t, size, limit)) continue;
            reached[trained[s] ? t : s] = true;
        }

        return (double)reached.Count(sample => sample) / reached.Length;
    }

    /// <summary>Fills the products of the scaled embedding, by sample, and returns d² and the limit on their squared distance.</summary>
    private (int Size, double Limit) Prepare(ReadOnlySpan<float> embedding)
    {
        var symbols = Parallelograms.Samples.Symbols;
        var size = embedding.Length / symbols;
        var d = (int)Math.Round(Math.Sqrt(size));
        if (size == 0 || size * symbols != embedding.Length || d * d != size)
        {
            throw new ArgumentException($"{symbols} square matrices cannot have {embedding.Length} entries together", nameof(embedding));
        }

        double squares = 0;
        foreach (var entry in embedding) squares += (double)entry * entry;
        var scale = embedding.Length / squares;
        if (_products.Length != Parallelograms.Samples.Count * size) _products = new double[Parallelograms.Samples.Count * size];
        for (var s = 0; s < Parallelograms.Samples.Count; s++)
        {
            var left = embedding.Slice(Parallelograms.Samples.First[s] * size, size);
            var right = embedding.Slice(Parallelograms.Samples.Second[s] * size, size);
            for (var i = 0; i < d; i++)
            {
                for (var j = 0; j < d; j++)
                {
                    double sum = 0;
                    for (var k = 0; k < d; k++) sum += (double)left[(i * d) + k] * right[(k * d) + j];
                    _products[(s * size) + (i * d) + j] = sum * scale;
                }
            }
        }

        return (size, _convention == Convention.Paper ? PaperTolerance : Math.BitDecrement(ReferenceTolerance * size));
    }

    private bool Coincide(int s, int t, int size, double limit)
    {
        double squared = 0;
        for (var k = 0; k < size && squared <= limit; k++)
        {
            var difference = _products[(s * size) + k] - _products[(t * size) + k];
            squared += difference * difference;
        }

        return squared <= limit;
    }
}
