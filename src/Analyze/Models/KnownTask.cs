using System.Globalization;
using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>What a model was trained on, as its metadata state it.</summary>
internal sealed class KnownTask
{
    private const int LargestP = 1024;

    private readonly Lazy<Split> _split;
    private readonly Lazy<TrainingStructure> _structure;

    private KnownTask(SampleSet samples, string? trainSamples)
    {
        Samples = samples;
        Parallelograms = new ParallelogramSet(samples);
        _split = new Lazy<Split>(() => Parse(samples, trainSamples));
        _structure = new Lazy<TrainingStructure>(() => samples.Symbols <= TrainingStructure.LargestSymbols
            ? new TrainingStructure(Parallelograms, Split)
            : throw new NotMeasurableException($"exact ranks are taken up to p = {TrainingStructure.LargestSymbols}"));
    }

    public SampleSet Samples { get; }

    public ParallelogramSet Parallelograms { get; }

    /// <exception cref="NotMeasurableException">The metadata do not tell the training samples.</exception>
    public Split Split => _split.Value;

    /// <exception cref="NotMeasurableException">As <see cref="Split"/>, or the task is too large.</exception>
    public TrainingStructure Structure => _structure.Value;

    /// <exception cref="NotMeasurableException">The metadata name no task that is known here.</exception>
    public static KnownTask Of(IReadOnlyDictionary<string, string> metadata)
    {
        if (!metadata.TryGetValue("task", out var task)) throw new NotMeasurableException("the metadata name no task");
        if (task is not ("add" or "modular_add")) throw new NotMeasurableException("the metadata name an unknown task; known: add, modular_add");
        var ordered = metadata.GetValueOrDefault("pairs", "unordered") == "ordered";
        if (!metadata.TryGetValue("p", out var text) || !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var p) || p is < 2 or > LargestP)
            throw new NotMeasurableException($"the metadata give no p in 2..{LargestP}");
        return new KnownTask(task == "add" ? SampleSet.Addition(p, ordered) : SampleSet.ModularAddition(p, ordered), metadata.GetValueOrDefault("train_samples"));
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
