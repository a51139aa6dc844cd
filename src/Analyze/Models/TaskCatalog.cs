namespace Goldilocks.Analyze;

/// <summary>The tasks of the models at hand; the checkpoints of a run share one, with all that is derived from it. Thread-safe.</summary>
internal sealed class TaskCatalog
{
    private readonly BoundedCache<KnownTask> _tasks = new(64);

    /// <exception cref="NotMeasurableException">The metadata name no task that is known here.</exception>
    public KnownTask Find(IReadOnlyDictionary<string, string> metadata) =>
        _tasks.Get(string.Join('|', ((string[])["task", "recipe", "pairs", "p", "train_samples", "data", "data_hash", "train_images", "validation_images"]).Select(key => metadata.GetValueOrDefault(key))), () => KnownTask.Of(metadata));
}
