using Goldilocks.Numerics.Generators;

namespace Goldilocks.Theory;

/// <summary>A partition of D0 into training and validation samples, as canonical indices.</summary>
public sealed class Split
{
    private Split(SampleSet samples, int[] train, int[] validation)
    {
        Samples = samples;
        Train = train;
        Validation = validation;
    }

    /// <summary>The full dataset.</summary>
    public SampleSet Samples { get; }

    /// <summary>Training samples in the order they were drawn.</summary>
    public int[] Train { get; }

    /// <summary>The other samples, ascending.</summary>
    public int[] Validation { get; }

    /// <summary>The split with these training samples; copies them.</summary>
    /// <exception cref="ArgumentException">An index is outside 0..Count-1 or occurs twice.</exception>
    public static Split Of(SampleSet samples, ReadOnlySpan<int> train)
    {
        var trained = new bool[samples.Count];
        foreach (var sample in train)
        {
            if ((uint)sample >= (uint)samples.Count || trained[sample])
            {
                throw new ArgumentException($"training sample {sample} is repeated or outside 0..{samples.Count - 1}", nameof(train));
            }

            trained[sample] = true;
        }

        var validation = new int[samples.Count - train.Length];
        var next = 0;
        for (var sample = 0; sample < trained.Length; sample++)
        {
            if (!trained[sample]) validation[next++] = sample;
        }

        return new Split(samples, train.ToArray(), validation);
    }

    /// <summary>The laboratory's own split: a choice from stream <see cref="RandomStream.Split"/> of the seed.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainSamples"/> is outside 0..Count.</exception>
    public static Split Counter(SampleSet samples, int trainSamples, ulong seed)
        => Of(samples, new CounterRandom(seed, RandomStream.Split).Choice(samples.Count, trainSamples));

    /// <summary>
    /// The next split of a NumPy stream. The reference recipe has drawn its targets from the same stream before:
    /// see <see cref="ToyReference"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainSamples"/> is outside 0..Count.</exception>
    public static Split Numpy(SampleSet samples, int trainSamples, NumpyLegacyRandom random)
        => Of(samples, random.Choice(samples.Count, trainSamples));

    /// <summary>The split of a reference toy run: Classes × <paramref name="outputs"/> normal targets are drawn first and passed over.</summary>
    /// <param name="samples">The full dataset.</param>
    /// <param name="trainSamples">Number of training samples.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="outputs">30 for regression; the number of classes for classification, whose unused targets are drawn too.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="trainSamples"/> is outside 0..Count.</exception>
    public static Split ToyReference(SampleSet samples, int trainSamples, uint seed, int outputs = 30)
    {
        var random = new NumpyLegacyRandom(seed);
        for (var i = 0; i < samples.Classes * outputs; i++) random.NextNormal();
        return Numpy(samples, trainSamples, random);
    }
}
