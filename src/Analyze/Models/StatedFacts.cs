using Goldilocks.Theory;

namespace Goldilocks.Analyze;

/// <summary>What the caller says about models; it holds for those that do not say it themselves. Thread-safe.</summary>
internal sealed class StatedFacts
{
    private static readonly string[] OfTask = ["task", "recipe", "pairs", "p"];

    private readonly TaskCatalog _tasks = new();

    /// <summary>What was trained; null: not stated.</summary>
    public StatedTask? Task { get; init; }

    /// <summary>What was trained on; null: not stated.</summary>
    public SplitFile? Split { get; init; }

    /// <summary>The initializer that is the embedding; null: found by the graph or by its name.</summary>
    public string? Embedding { get; init; }

    /// <summary>The output that holds the class scores; null: found by its name or shape.</summary>
    public string? Logits { get; init; }

    /// <summary>A model's metadata and what they leave open. A stated task is measured by the paper's convention.</summary>
    /// <exception cref="Core.GoldilocksException">The split does not fit the model's task.</exception>
    public SortedDictionary<string, string> Complete(IReadOnlyDictionary<string, string> metadata)
    {
        var complete = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in metadata) complete[key] = value;
        if (Task is { } task && !metadata.ContainsKey("task"))
        {
            (complete["task"], complete["p"], complete["pairs"]) = (task.Name, $"{task.Symbols}", task.Ordered ? "ordered" : "unordered");
            complete.TryAdd("convention", "paper");
        }

        if (Split is not null && !metadata.ContainsKey("train_samples") && Pairs(complete) is { } samples) complete["train_samples"] = Split.TrainSamples(samples);
        return complete;
    }

    /// <summary>All pairs of the task that metadata name; null when they name none of pairs.</summary>
    public SampleSet? Pairs(IReadOnlyDictionary<string, string> metadata)
    {
        if (KnownTask.IsOfImages(metadata)) return null;
        try
        {
            return _tasks.Find(OfTask.Where(metadata.ContainsKey).ToDictionary(key => key, key => metadata[key])).Samples;
        }
        catch (NotMeasurableException)
        {
            return null;
        }
    }
}
