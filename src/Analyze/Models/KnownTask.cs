using System.Globalization;
using Goldilocks.Core;
using Goldilocks.Data;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>What a model was trained on, as its metadata state it.</summary>
internal sealed class KnownTask
{
    private const int LargestP = 1024;

    private const string GroupPrefix = "group_";

    private const string Digits = "digits";

    /// <summary>Why a model without a task is not evaluated.</summary>
    public const string Unnamed = "the metadata name no task";

    private readonly Lazy<Split>? _split;
    private readonly Lazy<TrainingStructure>? _structure;
    private readonly SampleSet? _samples;
    private readonly int _trainImages;
    private readonly Func<Convention, int, IRepresentationQuality>? _quality;

    private KnownTask(SampleSet samples, string? trainSamples, Func<Convention, int, IRepresentationQuality> quality, Func<Split, TrainingStructure> structure)
    {
        _samples = samples;
        _quality = quality;
        _split = new Lazy<Split>(() => Parse(samples, trainSamples));
        _structure = new Lazy<TrainingStructure>(() => structure(Split));
        Evaluation = new EvaluationSet(
            $"{samples.Operation}/{samples.Symbols}/{samples.Ordered}",
            samples.Classes,
            samples.Labels,
            [new SymbolInput("a", Array.ConvertAll(samples.First, symbol => (long)symbol)), new SymbolInput("b", Array.ConvertAll(samples.Second, symbol => (long)symbol))]);
    }

    private KnownTask(EvaluationSet images, int trainImages) => (Evaluation, _trainImages) = (images, trainImages);

    /// <summary>All samples.</summary>
    public EvaluationSet Evaluation { get; }

    /// <summary>Training samples.</summary>
    /// <exception cref="NotMeasurableException">The metadata do not tell them.</exception>
    public ReadOnlySpan<int> Train => _split is null ? Enumerable.Range(0, _trainImages).ToArray() : Split.Train;

    /// <summary>Validation samples.</summary>
    /// <exception cref="NotMeasurableException">The metadata do not tell them.</exception>
    public ReadOnlySpan<int> Validation => _split is null ? Enumerable.Range(_trainImages, Evaluation.Count - _trainImages).ToArray() : Split.Validation;

    /// <summary>All pairs of symbols.</summary>
    /// <exception cref="NotMeasurableException">The samples are no pairs.</exception>
    public SampleSet Samples => _samples ?? throw NoPairs();

    /// <exception cref="NotMeasurableException">The metadata do not tell the training samples, or samples are no pairs.</exception>
    public Split Split => (_split ?? throw NoPairs()).Value;

    /// <exception cref="NotMeasurableException">As <see cref="Split"/>, or the task is too large.</exception>
    public TrainingStructure Structure => (_structure ?? throw NoPairs()).Value;

    /// <summary>Whether the metadata name a group, whose embeddings are matrices that are multiplied.</summary>
    public static bool IsGroup(IReadOnlyDictionary<string, string> metadata) => metadata.TryGetValue("task", out var task) && task.StartsWith(GroupPrefix, StringComparison.Ordinal);

    /// <summary>Whether the metadata name a task whose samples are images.</summary>
    public static bool IsOfImages(IReadOnlyDictionary<string, string> metadata) => metadata.GetValueOrDefault("task") == Digits;

    /// <exception cref="NotMeasurableException">The metadata name no task that is known here.</exception>
    public static KnownTask Of(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("task", out var task)) throw new NotMeasurableException(Unnamed);
        if (IsOfImages(metadata)) return OfImages(metadata);
        var ordered = metadata.GetValueOrDefault("pairs", "unordered") == "ordered";
        if (!metadata.TryGetValue("p", out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var p) || p is < 1 or > LargestP)
            throw new NotMeasurableException($"the metadata give no p in 1..{LargestP}");
        var train = metadata.GetValueOrDefault("train_samples");
        if (p == 1) throw new NotMeasurableException("the metadata give one symbol");
        return (task, ordered) switch
        {
            ("add", false) => OfSums(SampleSet.Addition(p), train),
            ("modular_add", false) => OfSums(SampleSet.ModularAddition(p, ordered: false), train),
            (_, true) when IsGroup(metadata) && !IsAdded(metadata) => OfProducts(Operation(task, p), train),
            (_, true) => OfSums(Operation(task, p), train),
            _ => throw new NotMeasurableException("the metadata name an unknown task of unordered pairs; known: add, modular_add"),
        };
    }

    /// <summary>Measures embeddings of so many values per symbol. For one thread.</summary>
    /// <exception cref="NotMeasurableException">A group's values are no square matrices, or samples are no pairs.</exception>
    public IRepresentationQuality Quality(Convention convention, int dimension) => (_quality ?? throw NoPairs())(convention, dimension);

    private static NotMeasurableException NoPairs() => new("the samples are no pairs of symbols");

    /// <summary>The images that the metadata name, if they are still what was trained on.</summary>
    private static unsafe KnownTask OfImages(IReadOnlyDictionary<string, string> metadata)
    {
        int Number(string key) => metadata.TryGetValue(key, out var text) && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new NotMeasurableException($"the metadata give no {key}");
        var (train, validation) = (Number("train_images"), Number("validation_images"));
        ImageData images;
        try
        {
            images = ImageData.Load(DataFolders.Find(metadata.GetValueOrDefault("data", DataFolders.Mnist)));
        }
        catch (GoldilocksException)
        {
            throw new NotMeasurableException("the images that the metadata name are not here; for MNIST: goldilocks data mnist");
        }

        if (metadata.GetValueOrDefault("data_hash") != images.Hash || train > images.Train.Count || validation > images.Test.Count)
            throw new NotMeasurableException("the images here are not those that the metadata name");
        var pixels = images.Train.Pixels;
        var values = new float[(long)(train + validation) * pixels];
        fixed (float* start = values)
        {
            for (var image = 0; image < train; image++) images.Train.CopyImage(image, start + ((long)image * pixels));
            for (var image = 0; image < validation; image++) images.Test.CopyImage(image, start + ((long)(train + image) * pixels));
        }

        int[] labels = [.. images.Train.Labels[..train].ToArray().Concat(images.Test.Labels[..validation].ToArray()).Select(label => (int)label)];
        return new KnownTask(new EvaluationSet($"{Digits}/{images.Hash}/{train}/{validation}", images.Classes, labels, [new NumberInput("image", pixels, values)]), train);
    }

    /// <summary>Whether a group's elements have vectors and not matrices: only the recipe toy-group multiplies.</summary>
    private static bool IsAdded(IReadOnlyDictionary<string, string> metadata) => metadata.GetValueOrDefault("recipe") != "toy-group";

    private static KnownTask OfSums(SampleSet samples, string? trainSamples)
    {
        var all = new Lazy<ParallelogramSet>(() => samples.IsCommutative ? new ParallelogramSet(samples)
            : throw new NotMeasurableException("the operation does not commute, so sums of embeddings cannot express it"));
        return new KnownTask(samples, trainSamples, (convention, dimension) => new RepresentationQuality(all.Value, convention, dimension), split => samples.Symbols <= TrainingStructure.LargestSymbols
            ? new TrainingStructure(all.Value, split)
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

    private static SampleSet Operation(string task, int p)
    {
        try
        {
            return Operations.Parse(task, p);
        }
        catch (GoldilocksException)
        {
            throw new NotMeasurableException("the metadata name an unknown task, or give it another number of symbols; known: add, modular_add, .., group_NAME");
        }
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
