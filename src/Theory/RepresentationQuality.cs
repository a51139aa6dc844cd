namespace Goldilocks.Theory;

/// <summary>
/// Counts the parallelograms of a representation, P(R, δ) (eq. 2), and what follows from them. Made to be asked at every training
/// step: nothing is allocated after construction. Not thread-safe.
/// </summary>
/// <remarks>
/// A pair's sums are compared on the normalised embedding in both conventions. Paper: Euclidean distance ≤ 0.01. Reference: mean over
/// dimensions of the squared difference &lt; 0.01. A collapsed embedding (no spread, or not a number) has no normalised form and no
/// parallelogram; by the reference convention one collapsed dimension is enough.
/// </remarks>
public sealed class RepresentationQuality
{
    /// <summary>δ of the paper (a distance) and of the reference code (a mean square).</summary>
    public const double Tolerance = 0.01;

    private readonly ParallelogramSet all;
    private readonly Convention convention;
    private double[] sums = [];
    private double[] inverse = [];
    private double[] mean = [];

    /// <summary>An evaluator of P0 under a convention, for embeddings of <paramref name="dimension"/> or any other D (resized on first use).</summary>
    public RepresentationQuality(ParallelogramSet all, Convention convention, int dimension = 1)
    {
        this.all = all;
        this.convention = convention;
        Reserve(dimension);
    }

    /// <summary>|P0|.</summary>
    public long Total => all.Count;

    /// <summary>|P(R, δ)|.</summary>
    /// <param name="embedding">E [P, D], row-major, as trained (not normalised).</param>
    /// <exception cref="ArgumentException">The length is no positive multiple of P.</exception>
    public long CountParallelograms(ReadOnlySpan<float> embedding)
    {
        var (dimension, limit) = Prepare(embedding);
        return dimension == 1 ? CountScalar(limit) : CountVectors(dimension, limit);
    }

    /// <summary>RQI(R) = |P(R)| / |P0| (eq. 3); 1 when P0 is empty.</summary>
    /// <inheritdoc cref="CountParallelograms"/>
    public double Rqi(ReadOnlySpan<float> embedding) => all.Count == 0 ? 1 : (double)CountParallelograms(embedding) / all.Count;

    /// <summary>
    /// Acc^ = |D̄(D, P(R))| / |D0| (appendix D): the share of samples that are trained or form a parallelogram of R with a trained one.
    /// One step only; no chaining through validation samples.
    /// </summary>
    /// <exception cref="ArgumentException">The embedding's length is no multiple of P, or the split belongs to another dataset.</exception>
    public double PredictedAccuracy(ReadOnlySpan<float> embedding, Split split)
    {
        if (split.Samples != all.Samples) throw new ArgumentException("the split belongs to another dataset", nameof(split));
        var (dimension, limit) = Prepare(embedding);
        var trained = all.Trained(split.Train);
        var reached = (bool[])trained.Clone();
        for (var c = 0; c < all.Samples.Classes; c++)
        {
            for (var s = all.ClassStart[c]; s < all.ClassStart[c + 1]; s++)
            {
                for (var t = all.ClassStart[c]; t < all.ClassStart[c + 1] && !reached[s]; t++) reached[s] = trained[t] && Coincide(s, t, dimension, limit);
            }
        }

        return all.ShareOfSamples(reached);
    }

    private void Reserve(int dimension)
    {
        if (inverse.Length == dimension) return;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        inverse = new double[dimension];
        mean = new double[dimension];
        sums = new double[all.First.Length * dimension];
    }

    /// <summary>Fills the scaled pair sums (by slot) and returns D and the limit on their squared distance.</summary>
    private (int Dimension, double Limit) Prepare(ReadOnlySpan<float> embedding)
    {
        var dimension = NormalisedEmbedding.DimensionOf(embedding.Length, all.Samples.Symbols);
        Reserve(dimension);
        NormalisedEmbedding.InverseSpread(embedding, all.Samples.Symbols, convention, inverse, mean);
        var (first, second, target) = (all.First, all.Second, sums);
        if (dimension == 1)
        {
            var scale = inverse[0];
            for (var s = 0; s < first.Length; s++) target[s] = (embedding[first[s]] + (double)embedding[second[s]]) * scale;
        }
        else
        {
            for (var s = 0; s < first.Length; s++)
            {
                for (var d = 0; d < dimension; d++)
                {
                    target[(s * dimension) + d] = (embedding[(first[s] * dimension) + d] + (double)embedding[(second[s] * dimension) + d]) * inverse[d];
                }
            }
        }

        return (dimension, convention == Convention.Paper ? Tolerance * Tolerance : Tolerance * dimension);
    }

    private long CountScalar(double limit)
    {
        long count = 0;
        var starts = all.ClassStart;
        var inclusive = convention == Convention.Paper;
        for (var c = 0; c + 1 < starts.Length; c++)
        {
            var members = sums.AsSpan(starts[c]..starts[c + 1]);
            for (var s = 0; s < members.Length; s++)
            {
                var value = members[s];
                for (var t = s + 1; t < members.Length; t++)
                {
                    var difference = value - members[t];
                    count += Within(difference * difference, limit, inclusive) ? 1 : 0;
                }
            }
        }

        return count;
    }

    private long CountVectors(int dimension, double limit)
    {
        long count = 0;
        for (var c = 0; c < all.Samples.Classes; c++)
        {
            for (var s = all.ClassStart[c]; s < all.ClassStart[c + 1]; s++)
            {
                for (var t = s + 1; t < all.ClassStart[c + 1]; t++) count += Coincide(s, t, dimension, limit) ? 1 : 0;
            }
        }

        return count;
    }

    private bool Coincide(int s, int t, int dimension, double limit)
    {
        var (a, b) = (s * dimension, t * dimension);
        double squared = 0;
        for (var d = 0; d < dimension; d++)
        {
            var difference = sums[a + d] - sums[b + d];
            squared += difference * difference;
        }

        return Within(squared, limit, convention == Convention.Paper);
    }

    /// <summary>Comparisons with a value that is not a number are false: collapsed embeddings count nothing.</summary>
    private static bool Within(double squared, double limit, bool inclusive) => inclusive ? squared <= limit : squared < limit;
}
