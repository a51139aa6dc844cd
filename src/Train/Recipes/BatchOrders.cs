using Goldilocks.Numerics.Generators;

namespace Goldilocks.Train;

/// <summary>All training samples, always in the order of the split.</summary>
internal sealed class FullBatch : IBatchOrder
{
    public void Next(long step, Span<int> train)
    {
    }
}

/// <summary>A fresh draw without replacement for every step, from the counter-based generator: step t's batch depends on (seed, t) only.</summary>
internal sealed class CounterBatches(int[] split, int batch, ulong seed) : IBatchOrder
{
    private readonly CounterRandom _random = new(seed, RandomStream.Batches);

    public void Next(long step, Span<int> train)
    {
        split.CopyTo(train);
        _random.Substream = checked((uint)step);
        _random.ChooseFront(train, batch);
    }
}

/// <summary>The reference code's <c>choice(n, batch, replace=False)</c> at every step, which shuffles even a full batch.</summary>
internal sealed class NumpyBatches(int[] split, NumpyLegacyRandom random) : IBatchOrder
{
    private readonly int[] _permutation = new int[split.Length];

    public void Next(long step, Span<int> train)
    {
        random.Permutation(_permutation);
        for (var i = 0; i < train.Length; i++) train[i] = split[_permutation[i]];
    }
}

/// <summary>All training samples once, in a fresh order, before any comes again: the order of epoch e depends on (seed, e) only.</summary>
internal sealed class EpochBatches(int[] split, int batch, ulong seed) : IBatchOrder
{
    private readonly CounterRandom _random = new(seed, RandomStream.Batches);
    private readonly int[] _permutation = new int[split.Length];
    private long _epoch = -1;

    /// <remarks>What is left of an epoch and fills no batch is left out, as PyTorch's loader does with <c>drop_last</c>.</remarks>
    public void Next(long step, Span<int> train)
    {
        var perEpoch = split.Length / batch;
        if (step / perEpoch is var epoch && epoch != _epoch)
        {
            _epoch = epoch;
            split.CopyTo(_permutation, 0);
            _random.Substream = checked((uint)epoch);
            _random.Shuffle(_permutation.AsSpan());
        }

        _permutation.AsSpan((int)(step % perEpoch) * batch, batch).CopyTo(train);
    }
}
