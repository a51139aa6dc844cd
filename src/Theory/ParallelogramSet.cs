namespace Goldilocks.Theory;

/// <summary>
/// P0, all parallelograms that 100 % training accuracy permits (eq. 1): two distinct unordered pairs of symbols with the same result.
/// Kept as the pairs sorted by result, never as a list of quadruples. Immutable and thread-safe.
/// </summary>
/// <remarks>
/// Where D0 has ordered samples, (a, b) and (b, a) are one pair: their embeddings add up to the same vector whatever the
/// representation, so a parallelogram between them would say nothing.
/// </remarks>
public sealed class ParallelogramSet
{
    /// <summary>P0 of a dataset.</summary>
    /// <exception cref="ArgumentException">The operation does not commute: sums of embeddings cannot express it.</exception>
    public ParallelogramSet(SampleSet samples)
    {
        if (!samples.IsCommutative) throw new ArgumentException($"{samples.Operation} does not commute, so sums of embeddings cannot express it", nameof(samples));
        Samples = samples;
        var p = samples.Symbols;
        var pairs = SampleSet.PairCount(p);
        ClassStart = new int[samples.Classes + 1];
        for (var a = 0; a < p; a++)
        {
            for (var b = a; b < p; b++) ClassStart[Label(a, b) + 1]++;
        }

        for (var c = 0; c < samples.Classes; c++)
        {
            long size = ClassStart[c + 1];
            Count += size * (size - 1) / 2;
            ClassStart[c + 1] += ClassStart[c];
        }

        First = new int[pairs];
        Second = new int[pairs];
        var slotOfPair = new int[pairs];
        var next = ClassStart.AsSpan(0, samples.Classes).ToArray();
        for (var a = 0; a < p; a++)
        {
            for (var b = a; b < p; b++)
            {
                var slot = next[Label(a, b)]++;
                (First[slot], Second[slot]) = (a, b);
                slotOfPair[SampleSet.PairIndex(a, b, p)] = slot;
            }
        }

        SlotOfSample = new int[samples.Count];
        for (var s = 0; s < samples.Count; s++) SlotOfSample[s] = slotOfPair[SampleSet.PairIndex(samples.First[s], samples.Second[s], p)];
    }

    /// <summary>The dataset.</summary>
    public SampleSet Samples { get; }

    /// <summary>|P0|.</summary>
    public long Count { get; }

    /// <summary>Pairs of class c occupy the slots ClassStart[c]..ClassStart[c+1]-1, in canonical order.</summary>
    internal int[] ClassStart { get; }

    /// <summary>Smaller symbol of the pair in each slot.</summary>
    internal int[] First { get; }

    /// <summary>Larger symbol of the pair in each slot.</summary>
    internal int[] Second { get; }

    /// <summary>The slot of each sample's pair.</summary>
    internal int[] SlotOfSample { get; }

    /// <summary>All parallelograms, class by class, pairs in canonical order.</summary>
    public IEnumerable<Parallelogram> Enumerate()
    {
        for (var c = 0; c < Samples.Classes; c++)
        {
            for (var s = ClassStart[c]; s < ClassStart[c + 1]; s++)
            {
                for (var t = s + 1; t < ClassStart[c + 1]; t++) yield return new Parallelogram(First[s], Second[s], First[t], Second[t]);
            }
        }
    }

    /// <summary>Which slots a set of training samples covers.</summary>
    internal bool[] Trained(ReadOnlySpan<int> train)
    {
        var trained = new bool[First.Length];
        foreach (var sample in train) trained[SlotOfSample[sample]] = true;
        return trained;
    }

    /// <summary>Share of D0 whose pair is marked.</summary>
    internal double ShareOfSamples(ReadOnlySpan<bool> marked)
    {
        var count = 0;
        foreach (var slot in SlotOfSample) count += marked[slot] ? 1 : 0;
        return (double)count / Samples.Count;
    }

    private int Label(int a, int b) => Samples.Labels[Samples.IndexOf(a, b)];
}
