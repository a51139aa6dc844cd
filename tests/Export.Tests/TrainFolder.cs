using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Safetensors;
using Goldilocks.Graph.Tests;

namespace Goldilocks.Export.Tests;

/// <summary>A training folder as the train stage leaves it: a graph, checkpoints of three steps and the witness.</summary>
internal sealed class TrainFolder : IDisposable
{
    public static readonly int[] Steps = [0, 10, 1000];

    private readonly string _root = Directory.CreateTempSubdirectory("goldilocks-export-").FullName;

    public TrainFolder(string run = OnnxToyModel.Run)
    {
        Run = run;
        OnnxFile.Write(GraphPath, OnnxToyModel.Create() with { Metadata = new Dictionary<string, string> { ["run"] = run } });
        foreach (var step in Steps) WriteCheckpoint(step);
        SafetensorsFile.Write(Path.Combine(Checkpoints, $"{run[..12]}-witness.safetensors"), [], new Dictionary<string, string>());
    }

    public string Run { get; }

    public string Train => Path.Combine(_root, "train");

    public string Checkpoints => Path.Combine(Train, "checkpoints");

    public string Output => Path.Combine(_root, "export");

    public string GraphPath => Path.Combine(Checkpoints, $"{Run[..12]}.graph.onnx");

    public string CheckpointPath(int step) => Path.Combine(Checkpoints, $"{Run[..12]}-step{step:D7}.safetensors");

    public string ModelPath(int step) => Path.Combine(Output, $"{Run[..12]}-step{step:D7}.onnx");

    public static KeyValuePair<string, Tensor>[] Weights(int step) => OnnxToyModel.Parameters(new Random(step));

    public static Dictionary<string, string> Metadata(string run, int step) => new()
    {
        ["goldilocks_format"] = "1",
        ["run"] = run,
        ["config_hash"] = run,
        ["step"] = $"{step}",
        ["recipe"] = "toy-addition",
        ["convention"] = "paper",
        ["task"] = "add",
        ["p"] = "5",
        ["loss"] = "cross_entropy",
        ["embedding"] = "embedding.weight",
    };

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void WriteCheckpoint(int step) => SafetensorsFile.Write(CheckpointPath(step), Weights(step), Metadata(Run, step));
}
