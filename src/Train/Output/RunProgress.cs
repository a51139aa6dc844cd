using System.Runtime.InteropServices;
using System.Text.Json;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Train;

/// <summary>
/// A run's state on disk, from which it continues bit for bit: parameters and moments (until it is finished), everything recorded so far, and
/// the witnesses of its checkpoints. The generators need no state: their draws are repeated up to the saved step.
/// </summary>
internal static class RunProgress
{
    private const string Key = "progress";

    public static void Save(string path, RunConfig config, Experiment experiment, Trainer trainer, IReadOnlyList<KeyValuePair<string, Tensor>> witnesses)
    {
        var record = trainer.Record;
        var tensors = new List<KeyValuePair<string, Tensor>>();
        if (!record.Finished)
        {
            foreach (var name in experiment.Groups.SelectMany(group => group.Parameters))
            {
                var (first, second) = trainer.Model.ReadMoments(name);
                tensors.Add(new($"parameter/{name}", trainer.Model.Read(name)));
                tensors.Add(new($"first/{name}", first));
                tensors.Add(new($"second/{name}", second));
            }
        }

        tensors.Add(new("curve/step", Tensor.Of([.. record.Curve.Select(point => point.Step)], record.Curve.Count)));
        tensors.Add(new("curve/metric", Tensor.Of([.. record.Curve.Select(point => (long)point.Metric)], record.Curve.Count)));
        tensors.Add(new("curve/value", Of([.. record.Curve.Select(point => point.Value)])));
        tensors.Add(new("embedding/step", Tensor.Of(CollectionsMarshal.AsSpan(record.EmbeddingSteps), record.EmbeddingSteps.Count)));
        tensors.Add(new("embedding/value", Tensor.Of(CollectionsMarshal.AsSpan(record.Embeddings), record.Embeddings.Count)));
        tensors.AddRange(witnesses.Select(witness => KeyValuePair.Create($"witness/{witness.Key}", witness.Value)));
        var last = record.Last;
        var header = new Header(config.Run, record.TrainAccuracyStep, record.ValidationAccuracyStep, record.RqiStep, record.Steps, record.Seconds, record.Finished,
            last.TrainCorrect, last.ValidationCorrect);
        tensors.Add(new("last", Of([last.TrainLoss, last.ValidationLoss, last.Rqi])));
        SafetensorsFile.Write(path, tensors, new Dictionary<string, string> { [Key] = JsonSerializer.Serialize(header) });
    }

    /// <summary>Reads what was saved for this run; null when there is nothing usable, so that the run starts anew.</summary>
    public static SavedRun? Load(string path, RunConfig config)
    {
        if (!File.Exists(path)) return null;
        try
        {
            var content = SafetensorsFile.Read(path);
            if (!content.Metadata.TryGetValue(Key, out var text) || JsonSerializer.Deserialize<Header>(text) is not { } header || header.Run != config.Run) return null;
            var last = Doubles(content, "last");
            var record = new RunRecord
            {
                TrainAccuracyStep = header.TrainAccuracyStep,
                ValidationAccuracyStep = header.ValidationAccuracyStep,
                RqiStep = header.RqiStep,
                Steps = header.Steps,
                Seconds = header.Seconds,
                Finished = header.Finished,
                Last = new Measurement(last[0], last[1], header.TrainCorrect, header.ValidationCorrect, last[2]),
            };
            var (steps, metrics, values) = (Longs(content, "curve/step"), Longs(content, "curve/metric"), Doubles(content, "curve/value"));
            for (var i = 0; i < steps.Length; i++) record.Curve.Add(new CurvePoint(steps[i], (CurveMetric)metrics[i], values[i]));
            record.EmbeddingSteps.AddRange(Longs(content, "embedding/step"));
            record.Embeddings.AddRange(content.Find("embedding/value")!.AsFloats());
            return new SavedRun(record, content);
        }
        catch (Exception e) when (e is GoldilocksException or JsonException or NullReferenceException or InvalidOperationException or IndexOutOfRangeException)
        {
            return null;
        }
    }

    private static Tensor Of(double[] values) => new(ElementType.Float64, [values.Length], MemoryMarshal.AsBytes<double>(values).ToArray());

    private static long[] Longs(SafetensorsContent content, string name) => content.Find(name)!.AsInt64s().ToArray();

    private static double[] Doubles(SafetensorsContent content, string name) => MemoryMarshal.Cast<byte, double>(content.Find(name)!.Data.Span).ToArray();

    private sealed record Header(string Run, long? TrainAccuracyStep, long? ValidationAccuracyStep, long? RqiStep, long Steps, double Seconds, bool Finished,
        int TrainCorrect, int ValidationCorrect);
}

/// <summary>A run as it was saved.</summary>
internal sealed record SavedRun(RunRecord Record, SafetensorsContent Content)
{
    /// <summary>The witnesses of the checkpoints written so far.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Witnesses => Content.Tensors
        .Where(tensor => tensor.Key.StartsWith("witness/", StringComparison.Ordinal))
        .Select(tensor => KeyValuePair.Create(tensor.Key["witness/".Length..], tensor.Value));

    /// <summary>Puts parameters and moments back.</summary>
    public void Restore(Trainer trainer, Experiment experiment)
    {
        foreach (var name in experiment.Groups.SelectMany(group => group.Parameters))
        {
            trainer.Model.Write(name, Content.Find($"parameter/{name}")!);
            trainer.Model.WriteMoments(name, Content.Find($"first/{name}")!, Content.Find($"second/{name}")!);
        }

        trainer.Resume(Record);
    }
}
