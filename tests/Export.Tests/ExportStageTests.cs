using Goldilocks.Core;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Tests;

namespace Goldilocks.Export.Tests;

public sealed class ExportStageTests : IDisposable
{
    private readonly TrainFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_checkpoint_becomes_a_model()
    {
        var progress = new List<(int, int)>();
        Assert.Equal(3, ExportStage.Run(_folder.Train, _folder.Output, new Collect(progress), CancellationToken.None));
        Assert.Equal([(1, 3), (2, 3), (3, 3)], progress);
        Assert.Equal(TrainFolder.Steps.Select(_folder.ModelPath), Directory.GetFiles(_folder.Output).Order(StringComparer.Ordinal));
        foreach (var step in TrainFolder.Steps)
        {
            var model = OnnxFile.Read(_folder.ModelPath(step));
            OnnxSame.Tensors(TrainFolder.Weights(step), model.Initializers);
            Assert.Equal($"{step}", model.Metadata["step"]);
        }
    }

    [Fact]
    public void Again_gives_the_same_bytes()
    {
        ExportStage.Run(_folder.Train, _folder.Output, null, CancellationToken.None);
        var first = TrainFolder.Steps.Select(step => File.ReadAllBytes(_folder.ModelPath(step))).ToArray();
        ExportStage.Run(_folder.Train, _folder.Output, null, CancellationToken.None);
        Assert.Equal(first, TrainFolder.Steps.Select(step => File.ReadAllBytes(_folder.ModelPath(step))));
    }

    [OnnxFactIfPython]
    public void The_onnx_checker_accepts_the_models()
    {
        ExportStage.Run(_folder.Train, _folder.Output, null, CancellationToken.None);
        var lines = OnnxChecker.Check(_folder.ModelPath(1000));
        Assert.Equal(
            TrainFolder.Weights(1000).Select(w => $"weight {w.Key} float32 [{string.Join(", ", w.Value.Shape)}] {Convert.ToHexString(w.Value.Data.Span)}"),
            lines.Where(line => line.StartsWith("weight", StringComparison.Ordinal)));
        Assert.Equal(
            TrainFolder.Metadata(_folder.Run, 1000).OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"metadata {entry.Key} {entry.Value}"),
            lines.Where(line => line.StartsWith("metadata", StringComparison.Ordinal)));
    }

    [Fact]
    public void Cancelled_between_models_keeps_those_written()
    {
        using var cancel = new CancellationTokenSource();
        Assert.Throws<OperationCanceledException>(() => ExportStage.Run(_folder.Train, _folder.Output, new Collect([], cancel.Cancel), cancel.Token));
        Assert.Equal([_folder.ModelPath(0)], Directory.GetFiles(_folder.Output));
    }

    [Fact]
    public void A_missing_graph_is_noticed_before_anything_is_written()
    {
        File.Delete(_folder.GraphPath);
        var error = Assert.Throws<GoldilocksException>(() => ExportStage.Run(_folder.Train, _folder.Output, null, CancellationToken.None));
        Assert.Equal($"{_folder.CheckpointPath(0)}: its graph {_folder.GraphPath} is missing; name one with --graph FILE.onnx.", error.Message);
        Assert.False(Directory.Exists(_folder.Output));
    }

    [Fact]
    public void A_cut_off_checkpoint_leaves_no_model()
    {
        File.WriteAllBytes(_folder.CheckpointPath(0), File.ReadAllBytes(_folder.CheckpointPath(0))[..^1]);
        var error = Assert.Throws<GoldilocksException>(() => ExportStage.Run(_folder.Train, _folder.Output, null, CancellationToken.None));
        Assert.StartsWith($"{_folder.CheckpointPath(0)}: its header describes ", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.ModelPath(0)));
    }

    [Fact]
    public void No_checkpoints()
    {
        foreach (var step in TrainFolder.Steps) File.Delete(_folder.CheckpointPath(step));
        var error = Assert.Throws<GoldilocksException>(() => ExportStage.Run(_folder.Train, _folder.Output, null, CancellationToken.None));
        Assert.Equal($"{_folder.Checkpoints}: holds no checkpoints (*.safetensors); train with checkpoints first.", error.Message);
    }

    private sealed class Collect(List<(int, int)> seen, Action? then = null) : IProgress<(int Done, int Total)>
    {
        public void Report((int Done, int Total) value)
        {
            seen.Add(value);
            then?.Invoke();
        }
    }
}
