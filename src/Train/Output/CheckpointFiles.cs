using System.Globalization;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Safetensors;
using Goldilocks.Theory;

namespace Goldilocks.Train;

/// <summary>The checkpoints of one run in one folder: its graph, one safetensors file per checkpoint, and the trainer's own outputs as witness.</summary>
internal sealed class CheckpointFiles(string folder, RunConfig config, Experiment experiment)
{
    private string Prefix => Path.Combine(folder, config.ShortRun);

    /// <summary>Writes the inference graph with the initial parameters.</summary>
    public void WriteGraph() => OnnxFile.Write($"{Prefix}.graph.onnx", experiment.Model with { Metadata = Metadata() });

    /// <summary>Writes the parameters after <paramref name="step"/> updates.</summary>
    public void WriteParameters(long step, Trainer trainer)
    {
        var parameters = experiment.Groups.SelectMany(group => group.Parameters).Select(name => KeyValuePair.Create(name, trainer.Model.Read(name))).ToArray();
        var metadata = Metadata();
        metadata["step"] = step.ToString(CultureInfo.InvariantCulture);
        SafetensorsFile.Write($"{Prefix}-step{step:D7}.safetensors", parameters, metadata);
    }

    /// <summary>What the trainer computed for all samples at one checkpoint.</summary>
    public IEnumerable<KeyValuePair<string, Tensor>> Witness(long step, Trainer trainer) =>
        experiment.ExportedOutputs.Select(output => KeyValuePair.Create($"step{step:D7}/{output}", trainer.InCanonicalOrder(output)));

    /// <summary>Writes all witnesses of the run.</summary>
    public void WriteWitness(IReadOnlyList<KeyValuePair<string, Tensor>> tensors) => SafetensorsFile.Write($"{Prefix}-witness.safetensors", tensors, Metadata());

    private SortedDictionary<string, string> Metadata()
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["goldilocks_format"] = "1",
            ["run"] = config.Run,
            ["config_hash"] = config.Run,
            ["config"] = config.Json,
            ["recipe"] = config.Recipe,
            ["convention"] = experiment.Convention.Name(),
            ["task"] = experiment.Data.Task,
            ["loss"] = experiment.Loss,
        };
        if (experiment.Embedding is not null) metadata["embedding"] = experiment.Embedding;
        foreach (var (key, value) in experiment.Data.Metadata) metadata[key] = value;
        return metadata;
    }
}
