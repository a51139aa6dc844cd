using System.Globalization;
using Goldilocks.Core;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>What a model was trained on, as its metadata state it.</summary>
internal sealed class KnownTask
{
    private const int LargestP = 1024;

    private readonly Lazy<Split> _split;
    private readonly Lazy<TrainingStructure> _structure;
    private readonly Func<Convention, int, IRepresentationQuality> _quality;

    private KnownTask(SampleSet samples, string? trainSamples, Func<Convention, int, IRepresentationQuality> quality, Func<Split, TrainingStructure> structure)
    {
        Samples = samples;
        _quality = quality;
        _split = new Lazy<Split>(() => Parse(samples, trainSamples));
        _structure = new Lazy<TrainingStructure>(() => structure(Split));
    }

    public SampleSet Samples { get; }

    /// <exception cref="NotMeasurableException">The metadata do not tell the training samples.</exception>
    public Split Split => _split.Value;

    /// <exception cref="NotMeasurableException">As <see cref="Split"/>, the task is too large, or its parallelograms are no linear equations.</exception>
    public TrainingStructure Structure => _structure.Value;

    /// <summary>Whether the metadata name a group, whose embeddings are matrices that are multiplied.</summary>
    public static bool IsGroup(IReadOnlyDictionary<string, string> metadata) => metadata.TryGetValue("task", out var task) && task.StartsWith(Operations.GroupPrefix, StringComparison.Ordinal);

    /// <exception cref="NotMeasurableException">The metadata name no task that is known here.</exception>
    public static KnownTask Of(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("task", out var task)) throw new NotMeasurableException("the metadata name no task");
        var ordered = metadata.GetValueOrDefault("pairs", "unordered") == "ordered";
        if (!metadata.TryGetValue("p", out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var p) || p is < 1 or > LargestP)
            throw new NotMeasurableException($"the metadata give no p in 1..{LargestP}");
        var train = metadata.GetValueOrDefault("train_samples");
        var samples = task switch
        {
            "add" when p > 1 && !ordered => SampleSet.Addition(p),
            "modular_add" when p > 1 && !ordered => SampleSet.ModularAddition(p, ordered: false),
            _ => Ordered(task, p, ordered),
        };
        return IsGroup(metadata) ? OfProducts(samples, train) : samples.IsCommutative ? OfSums(samples, train) : WithoutParallelograms(samples, train);
    }

    /// <summary>Measures embeddings of so many values per symbol. For one thread.</summary>
    /// <exception cref="NotMeasurableException">A group's values are no square matrices, or the operation has no parallelograms.</exception>
    public IRepresentationQuality Quality(Convention convention, int dimension) => _quality(convention, dimension);

    private static KnownTask OfSums(SampleSet samples, string? trainSamples)
    {
        var all = new ParallelogramSet(samples);
        return new KnownTask(samples, trainSamples, (convention, dimension) => new RepresentationQuality(all, convention, dimension), split => samples.Symbols <= TrainingStructure.LargestSymbols
            ? new TrainingStructure(all, split)
            : throw new NotMeasurableException($"exact ranks are taken up to p = {TrainingStructure.LargestSymbols}"));
    }

    private static KnownTask OfProducts(SampleSet samples, string? trainSamples)
    {
        var all = new ProductParallelogramSet(samples);
        return new KnownTask(
            samples,
            trainSamples,
            (convention, size) => Math.Sqrt(size) % 1 == 0
                ? new ProductQuality(all, convention)
                : throw new NotMeasurableException($"{size} values per element are no square matrix"),
            _ => throw new NotMeasurableException("equations between products are not linear, so they have no rank"));
    }

    private static KnownTask WithoutParallelograms(SampleSet samples, string? trainSamples)
    {
        const string reason = "the operation does not commute, so sums of embeddings cannot express it";
        return new KnownTask(samples, trainSamples, (_, _) => throw new NotMeasurableException(reason), _ => throw new NotMeasurableException(reason));
    }

    private static SampleSet Ordered(string task, int p, bool ordered)
    {
        SampleSet samples;
        try
        {
            samples = Operations.Parse(task, p);
        }
        catch (GoldilocksException)
        {
            throw new NotMeasurableException($"the metadata name no task known here, or one that is not for {p} symbols; known: {string.Join(", ", Operations.Names)}");
        }

        return ordered ? samples : throw new NotMeasurableException("the metadata give the task unordered pairs; it has ordered ones");
    }

    private static Split Parse(SampleSet samples, string? text)
    {
        if (text is null) throw new NotMeasurableException("the metadata do not tell the training samples");
        var words = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var train = new int[words.Length];
        for (var i = 0; i < words.Length; i++)
        {
            if (!int.TryParse(words[i], NumberStyles.None, CultureInfo.InvariantCulture, out train[i])) throw new NotMeasurableException("the training samples in the metadata are no numbers");
        }

        try
        {
            return Split.Of(samples, train);
        }
        catch (ArgumentException)
        {
            throw new NotMeasurableException($"the training samples in the metadata repeat or leave 0..{samples.Count - 1}");
        }
    }
}
