namespace Goldilocks.Theory;

/// <summary>
/// P0 for embeddings that are multiplied (appendix H): two distinct ordered samples with the same result, E_a·E_b = E_c·E_d. Unlike sums,
/// the products of (a, b) and (b, a) differ, so both samples count. Kept as the samples sorted by result.
/// </summary>
public sealed class ProductParallelogramSet
{
    /// <summary>P0 of a dataset with ordered samples.</summary>
    /// <exception cref="ArgumentException">The samples are unordered.</exception>
    public ProductParallelogramSet(SampleSet samples)
    {
        if (!samples.Ordered) throw new ArgumentException("products of matrices need ordered samples", nameof(samples));
        Samples = samples;
        ClassStart = new int[samples.Classes + 1];
        foreach (var label in samples.Labels) ClassStart[label + 1]++;
        for (var c = 0; c < samples.Classes; c++)
        {
            Count += PairsAmong(ClassStart[c + 1]);
            ClassStart[c + 1] += ClassStart[c];
        }

        Members = new int[samples.Count];
        var next = ClassStart.AsSpan(0, samples.Classes).ToArray();
        for (var s = 0; s < samples.Count; s++) Members[next[samples.Labels[s]]++] = s;
    }

    /// <summary>The dataset.</summary>
    public SampleSet Samples { get; }

    /// <summary>|P0|: P·P(P-1)/2 for a group of P elements; 90 for S3.</summary>
    public long Count { get; }

    /// <summary>Samples of class c are Members[ClassStart[c]..ClassStart[c+1]-1], ascending.</summary>
    internal int[] ClassStart { get; }

    internal int[] Members { get; }

    /// <summary>|P0(D)|: parallelograms whose samples are both trained.</summary>
    /// <exception cref="ArgumentException">The split belongs to another dataset.</exception>
    public long CountPermissible(Split split)
    {
        if (split.Samples != Samples) throw new ArgumentException("the split belongs to another dataset", nameof(split));
        var trained = new long[Samples.Classes];
        foreach (var sample in split.Train) trained[Samples.Labels[sample]]++;
        return trained.Sum(PairsAmong);
    }

    /// <summary>All parallelograms as samples (s, t) with s before t, class by class.</summary>
    public IEnumerable<(int S, int T)> Enumerate()
    {
        for (var c = 0; c < Samples.Classes; c++)
        {
            for (var s = ClassStart[c]; s < ClassStart[c + 1]; s++)
            {
                for (var t = s + 1; t < ClassStart[c + 1]; t++) yield return (Members[s], Members[t]);
            }
        }
    }

    private static long PairsAmong(long samples) => samples * (samples - 1) / 2;
}
