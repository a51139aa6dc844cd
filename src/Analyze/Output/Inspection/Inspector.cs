using System.Security.Cryptography;
using Goldilocks.Core;

namespace Goldilocks.Analyze;

/// <summary>Looks at architectures: every file is read, and one checkpoint of each architecture is measured to know what can be.</summary>
internal static class Inspector
{
    /// <summary>The architectures in the order of their first files, and what could not be read or run.</summary>
    /// <exception cref="GoldilocksException">ONNX Runtime is missing, or the options are unusable.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static (IReadOnlyList<ModelInspection> Found, IReadOnlyList<GoldilocksException> Failures) Run(IReadOnlyList<ModelFile> files, AnalyzeOptions options, CancellationToken cancellation)
    {
        var architectures = new Dictionary<string, (Checkpoint First, List<string> Models)>(StringComparer.Ordinal);
        var failures = new List<GoldilocksException>();
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var checkpoint = Checkpoint.Read(file);
                var key = Key(checkpoint);
                if (!architectures.TryGetValue(key, out var known)) architectures[key] = known = (checkpoint, []);
                known.Models.Add(file.Name);
            }
            catch (GoldilocksException e)
            {
                failures.Add(e);
            }
        }

        using var sessions = new SessionPool(options);
        return ([.. architectures.Values.Select(architecture => Inspect(architecture.First, architecture.Models, sessions, failures))], failures);
    }

    private static string Key(Checkpoint checkpoint) =>
        $"{Convert.ToHexString(SHA256.HashData(SharedModel.Skeleton(checkpoint.Source)))} {string.Join(' ', ((string[])["task", "p", "pairs"]).Select(key => checkpoint.Graph.Metadata.GetValueOrDefault(key)))}";

    private static ModelInspection Inspect(Checkpoint checkpoint, List<string> models, SessionPool sessions, List<GoldilocksException> failures)
    {
        var tasks = new TaskCatalog();
        var cursor = new RunCursor(new RunReference(new RunFiles([checkpoint.File]), tasks, sessions), null, null);
        using var context = new MeasureContext(checkpoint, cursor, tasks, sessions, witnesses: null);
        var (measured, missing) = (new List<string>(), new List<(string Measure, string Reason)>());
        var failed = false;
        foreach (var measure in Measures.All)
        {
            try
            {
                if (measure.Compute(context).Any(value => value is not null)) measured.Add(measure.Name);
                else missing.Add((measure.Name, "nothing to compare with"));
            }
            catch (NotMeasurableException e)
            {
                missing.Add((measure.Name, e.Message));
            }
            catch (GoldilocksException e)
            {
                if (!failed) failures.Add(e);
                failed = true;
                missing.Add((measure.Name, "the model cannot be run"));
            }
        }

        return new ModelInspection(checkpoint, models, checkpoint.Foreign is { } foreign ? foreign.Embedding : Known(() => Embedding.NameIn(checkpoint.Graph)), Task(checkpoint, context), Split(checkpoint, context), measured, missing);
    }

    private static InspectedTask? Task(Checkpoint checkpoint, MeasureContext context) => Known(() =>
    {
        var (metadata, task) = (checkpoint.Graph.Metadata, context.Task);
        var name = KnownTask.IsOfImages(metadata) ? metadata["task"] : $"{metadata["task"]}, p = {metadata["p"]}, {(task.Samples.Ordered ? "ordered" : "unordered")} pairs";
        return new InspectedTask(name, !checkpoint.Source.Metadata.ContainsKey("task"), task.Evaluation.Count, task.Evaluation.Classes);
    });

    private static InspectedSplit? Split(Checkpoint checkpoint, MeasureContext context) =>
        Known(() => new InspectedSplit(!checkpoint.Source.Metadata.ContainsKey("train_samples") && checkpoint.Foreign is not null, context.Task.Train.Length, context.Task.Validation.Length));

    private static T? Known<T>(Func<T> find)
        where T : class
    {
        try
        {
            return find();
        }
        catch (NotMeasurableException)
        {
            return null;
        }
    }
}
