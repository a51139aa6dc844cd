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
public sealed class RepresentationQuality : IRepresentationQuality
{
    /// <summary>δ of the paper (a distance) and of the reference code (a mean square).</summary>
    public const double Tolerance = 0.01;

    /// <summary>Up to this many parallelograms their slots are written out for the one-dimensional count.</summary>
    private const int LongestList = 4096;

    private readonly Convention _convention;
    private readonly int[] _listedLeft = [];
    private readonly int[] _listedRight = [];
    private readonly int _largestClass;
    private double[] _sums = [];
    private double[] _inverse = [];
    private double[] _mean = [];

    /// <summary>An evaluator of P0 under a convention, for embeddings of <paramref name="dimension"/> or any other D (resized on first use).</summary>
    public RepresentationQuality(ParallelogramSet all, Convention convention, int dimension = 1)
    {
        Parallelograms = all;
        _convention = convention;
        for (var c = 0; c < all.Samples.Classes; c++) _largestClass = Math.Max(_largestClass, all.ClassStart[c + 1] - all.ClassStart[c]);
        Reserve(dimension);
        if (all.Count > LongestList) return;
        _listedLeft = new int[all.Count];
        _listedRight = new int[all.Count];
        var q = 0;
        for (var c = 0; c < all.Samples.Classes; c++)
        {
            for (var s = all.ClassStart[c]; s < all.ClassStart[c + 1]; s++)
            {
                for (var t = s + 1; t < all.ClassStart[c + 1]; t++, q++) (_listedLeft[q], _listedRight[q]) = (s, t);
            }
        }
    }

    /// <summary>P0.</summary>
    public ParallelogramSet Parallelograms { get; }

    /// <summary>|P(R, δ)|.</summary>
    /// <param name="embedding">E [P, D], row-major, as trained (not normalised).</param>
    /// <exception cref="ArgumentException">The length is no positive multiple of P.</exception>
    public long CountParallelograms(ReadOnlySpan<float> embedding)
    {
        var (dimension, limit) = Prepare(embedding);
        if (dimension > 1) return CountVectors(embedding, limit);
        AddPairs(embedding, 0, Parallelograms.First.Length);
        return _listedLeft.Length > 0 ? CountListed(limit) : CountScalar(limit);
    }

    /// <summary>RQI(R) = |P(R)| / |P0| (eq. 3); 1 when P0 is empty.</summary>
    /// <inheritdoc cref="CountParallelograms"/>
    public double Rqi(ReadOnlySpan<float> embedding) => Parallelograms.Count == 0 ? 1 : (double)CountParallelograms(embedding) / Parallelograms.Count;

    /// <summary>
    /// Acc^ = |D̄(D, P(R))| / |D0| (appendix D): the share of samples that are trained or form a parallelogram of R with a trained one.
    /// One step only; no chaining through validation samples.
    /// </summary>
    /// <exception cref="ArgumentException">The embedding's length is no multiple of P, or the split belongs to another dataset.</exception>
    public double PredictedAccuracy(ReadOnlySpan<float> embedding, Split split)
    {
        if (split.Samples != Parallelograms.Samples) throw new ArgumentException("the split belongs to another dataset", nameof(split));
        var (dimension, limit) = Prepare(embedding);
        var trained = Parallelograms.Trained(split.Train);
        var reached = (bool[])trained.Clone();
        for (var c = 0; c < Parallelograms.Samples.Classes; c++)
        {
            var (start, end) = (Parallelograms.ClassStart[c], Parallelograms.ClassStart[c + 1]);
            AddPairs(embedding, start, end);
            for (var s = start; s < end; s++)
            {
                for (var t = start; t < end && !reached[s]; t++) reached[s] = trained[t] && Coincide(s - start, t - start, dimension, limit);
            }
        }

        return Parallelograms.ShareOfSamples(reached);
    }

    private void Reserve(int dimension)
    {
        if (_inverse.Length == dimension) return;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(dimension);
        _inverse = new double[dimension];
        _mean = new double[dimension];

        // In one dimension the sums of all pairs fit a cache; of vectors, those of one class.
        _sums = new double[dimension == 1 ? Parallelograms.First.Length : _largestClass * dimension];
    }

    /// <summary>Takes the embedding's spread and returns D and the limit on the squared distance of scaled pair sums.</summary>
    private (int Dimension, double Limit) Prepare(ReadOnlySpan<float> embedding)
    {
        var dimension = NormalisedEmbedding.DimensionOf(embedding.Length, Parallelograms.Samples.Symbols);
        Reserve(dimension);
        NormalisedEmbedding.InverseSpread(embedding, Parallelograms.Samples.Symbols, _convention, _inverse, _mean);

        // Every comparison is "at most": the reference code's strict one stops just below. Comparisons with a value that is not a
        // number are false, so a collapsed embedding counts nothing.
        return (dimension, _convention == Convention.Paper ? Tolerance * Tolerance : Math.BitDecrement(Tolerance * dimension));
    }

    /// <summary>Writes the scaled sums of the pairs in slots <paramref name="start"/>..<paramref name="end"/>-1 one after the other.</summary>
    private void AddPairs(ReadOnlySpan<float> embedding, int start, int end)
    {
        var (first, second, target, inverse) = (Parallelograms.First, Parallelograms.Second, _sums, _inverse);
        if (inverse.Length == 1)
        {
            var scale = inverse[0];
            for (var s = start; s < end; s++) target[s - start] = (embedding[first[s]] + (double)embedding[second[s]]) * scale;
            return;
        }

        for (var s = start; s < end; s++)
        {
            var a = embedding.Slice(first[s] * inverse.Length, inverse.Length);
            var b = embedding.Slice(second[s] * inverse.Length, inverse.Length);
            var sum = target.AsSpan((s - start) * inverse.Length, inverse.Length);
            for (var d = 0; d < inverse.Length; d++) sum[d] = (a[d] + (double)b[d]) * inverse[d];
        }
    }

    /// <summary>One flat, branch-free loop: for a small P0 it takes half the time of the loops over classes.</summary>
    private int CountListed(double limit)
    {
        var (left, right, values) = (_listedLeft, _listedRight, _sums);
        var count = 0;
        for (var q = 0; q < left.Length && q < right.Length; q++)
        {
            var difference = values[left[q]] - values[right[q]];
            count += difference * difference <= limit ? 1 : 0;
        }

        return count;
    }

    private long CountScalar(double limit)
    {
        long count = 0;
        var starts = Parallelograms.ClassStart;
        for (var c = 0; c + 1 < starts.Length; c++)
        {
            var members = _sums.AsSpan(starts[c]..starts[c + 1]);
            for (var s = 0; s < members.Length; s++)
            {
                var value = members[s];
                for (var t = s + 1; t < members.Length; t++)
                {
                    var difference = value - members[t];
                    count += difference * difference <= limit ? 1 : 0;
                }
            }
        }

        return count;
    }

    private long CountVectors(ReadOnlySpan<float> embedding, double limit)
    {
        long count = 0;
        for (var c = 0; c < Parallelograms.Samples.Classes; c++)
        {
            var (start, end) = (Parallelograms.ClassStart[c], Parallelograms.ClassStart[c + 1]);
            AddPairs(embedding, start, end);
            for (var s = 0; s < end - start; s++)
            {
                for (var t = s + 1; t < end - start; t++) count += Coincide(s, t, _inverse.Length, limit) ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>Whether rows s and t of the sums are close.</summary>
    private bool Coincide(int s, int t, int dimension, double limit) =>
        SquaredDistance.IsAtMost(_sums.AsSpan(s * dimension, dimension), _sums.AsSpan(t * dimension, dimension), limit);
}
