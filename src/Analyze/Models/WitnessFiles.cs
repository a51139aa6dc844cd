using Goldilocks.Core;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Analyze;

/// <summary>The trainer's own outputs over all samples, a file per run. Thread-safe.</summary>
internal sealed class WitnessFiles
{
    private readonly string _folder;
    private readonly BoundedCache<SafetensorsContent?> _files = new(16);

    /// <param name="folder">A training folder, or its folder <c>checkpoints</c>.</param>
    /// <exception cref="GoldilocksException">No such folder.</exception>
    public WitnessFiles(string folder)
    {
        if (!Directory.Exists(folder)) throw new GoldilocksException($"{folder}: no such folder; expected a training folder with checkpoints/*-witness.safetensors.");
        var inner = Path.Combine(folder, "checkpoints");
        _folder = Directory.Exists(inner) ? inner : folder;
    }

    /// <summary>What the trainer computed at a step.</summary>
    /// <exception cref="NotMeasurableException">There is no witness of this run or step.</exception>
    /// <exception cref="GoldilocksException">The file is damaged.</exception>
    public Witness Find(string run, long step)
    {
        if (!ModelSeries.IsIdentity(run)) throw new NotMeasurableException("a model from elsewhere has no witness");
        var path = Path.Combine(_folder, $"{run[..12]}-witness.safetensors");
        var content = _files.Get(run, () => File.Exists(path) ? SafetensorsFile.Read(path) : null) ?? throw new NotMeasurableException("the run has no witness");
        if (content.Metadata.TryGetValue("run", out var other) && other != run) throw new NotMeasurableException("the witness is of another run");
        var prefix = $"step{step:D7}/";
        var outputs = content.Tensors.Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(tensor => KeyValuePair.Create(tensor.Key[prefix.Length..], tensor.Value)).ToArray();
        return outputs.Length > 0 ? new Witness(path, outputs) : throw new NotMeasurableException("the run's witness lacks this step");
    }
}
