using System.Runtime.InteropServices;
using Goldilocks.Core;
using Goldilocks.Graph;

namespace Goldilocks.Train;

/// <summary>
/// A run as a shard keeps it. While it is trained: parameters, moments, what was recorded so far and the witnesses of its checkpoints, from which it
/// continues bit for bit; the generators need no state, their draws are repeated up to the saved step. Once it is finished: its rows in the tables.
/// </summary>
/// <param name="Header">Where it stands.</param>
/// <param name="Tensors">By name.</param>
internal sealed record RunState(RunHeader Header, IReadOnlyList<KeyValuePair<string, Tensor>> Tensors)
{
    private const string WitnessPrefix = "witness/";
    private const string EmbeddingKey = "embedding/value";

    /// <summary>A run between two updates.</summary>
    public static RunState Running(Experiment experiment, Trainer trainer, IEnumerable<KeyValuePair<string, Tensor>> witnesses)
    {
        var tensors = new List<KeyValuePair<string, Tensor>>();
        foreach (var name in experiment.Groups.SelectMany(group => group.Parameters))
        {
            var (first, second) = trainer.Model.ReadMoments(name);
            tensors.Add(new($"parameter/{name}", trainer.Model.Read(name)));
            tensors.Add(new($"first/{name}", first));
            tensors.Add(new($"second/{name}", second));
        }

        tensors.AddRange(Recorded(experiment, trainer.Record));
        tensors.AddRange(witnesses.Select(witness => KeyValuePair.Create(WitnessPrefix + witness.Key, witness.Value)));
        return new RunState(RunHeader.Of(trainer.Record, RunStatus.Running), tensors);
    }

    /// <summary>A run that is done.</summary>
    /// <param name="experiment">What was trained.</param>
    /// <param name="record">Everything that was recorded.</param>
    /// <param name="row">The run's row in <see cref="RunsTable"/>.</param>
    public static RunState Finished(Experiment experiment, RunRecord record, RowCells row) =>
        new(RunHeader.Of(record, RunStatus.Finished) with { Row = row.ToJson() }, [.. Recorded(experiment, record)]);

    /// <param name="reason">What broke.</param>
    public static RunState Failed(Exception reason) => new(
        new RunHeader { Status = RunStatus.Failed, Reason = (reason is GoldilocksException ? reason.Message : $"{reason.GetType().Name}: {reason.Message}").ReplaceLineEndings(" ") }, []);

    /// <summary>The witnesses of the checkpoints written so far.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Witnesses => Tensors
        .Where(tensor => tensor.Key.StartsWith(WitnessPrefix, StringComparison.Ordinal))
        .Select(tensor => KeyValuePair.Create(tensor.Key[WitnessPrefix.Length..], tensor.Value));

    /// <summary>P, the rows of each recorded embedding.</summary>
    public int Symbols => (int)Find(ByName(), EmbeddingKey).Shape[1];

    /// <summary>The record with everything recorded.</summary>
    /// <exception cref="GoldilocksException">A tensor is missing.</exception>
    public RunRecord ToRecord()
    {
        var record = Header.ToRecord();
        var tensors = ByName();
        var steps = Find(tensors, "curve/step").AsInt64s();
        var metrics = Find(tensors, "curve/metric").AsInt64s();
        var values = MemoryMarshal.Cast<byte, double>(Find(tensors, "curve/value").Data.Span);
        for (var i = 0; i < steps.Length; i++) record.Curve.Add(new CurvePoint(steps[i], (CurveMetric)metrics[i], values[i]));
        record.EmbeddingSteps.AddRange(Find(tensors, "embedding/step").AsInt64s());
        record.Embeddings.AddRange(Find(tensors, EmbeddingKey).AsFloats());
        return record;
    }

    /// <summary>Puts a running run's state back.</summary>
    /// <exception cref="GoldilocksException">A tensor is missing.</exception>
    public void Restore(Trainer trainer, Experiment experiment)
    {
        var tensors = ByName();
        foreach (var name in experiment.Groups.SelectMany(group => group.Parameters))
        {
            trainer.Model.Write(name, Find(tensors, $"parameter/{name}"));
            trainer.Model.WriteMoments(name, Find(tensors, $"first/{name}"), Find(tensors, $"second/{name}"));
        }

        trainer.Resume(ToRecord());
    }

    private static IEnumerable<KeyValuePair<string, Tensor>> Recorded(Experiment experiment, RunRecord record)
    {
        var values = record.Curve.Select(point => point.Value).ToArray();
        yield return new("curve/step", Tensor.Of([.. record.Curve.Select(point => point.Step)], record.Curve.Count));
        yield return new("curve/metric", Tensor.Of([.. record.Curve.Select(point => (long)point.Metric)], record.Curve.Count));
        yield return new("curve/value", new Tensor(ElementType.Float64, [values.Length], MemoryMarshal.AsBytes<double>(values).ToArray()));
        yield return new("embedding/step", Tensor.Of(CollectionsMarshal.AsSpan(record.EmbeddingSteps), record.EmbeddingSteps.Count));
        var (states, symbols) = (record.EmbeddingSteps.Count, experiment.Embedding is { } name ? experiment.Graph.Initializer(name)!.Shape[0] : 0);
        yield return new(EmbeddingKey, Tensor.Of(CollectionsMarshal.AsSpan(record.Embeddings), states, symbols, states == 0 || symbols == 0 ? 0 : record.Embeddings.Count / states / symbols));
    }

    private Dictionary<string, Tensor> ByName() => Tensors.ToDictionary(StringComparer.Ordinal);

    private static Tensor Find(Dictionary<string, Tensor> tensors, string name) =>
        tensors.TryGetValue(name, out var tensor) ? tensor : throw new GoldilocksException($"a saved run lacks its tensor {name}.");
}
