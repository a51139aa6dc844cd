using System.CommandLine;
using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Export.Tests;

public sealed class ExportCommandTests : IDisposable
{
    private readonly TrainFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_training_folder()
    {
        Assert.Equal($"3 models written to {_folder.Output}", Run(_folder.Train, "--output", _folder.Output).Trim());
        Assert.All(TrainFolder.Steps, step => Assert.True(File.Exists(_folder.ModelPath(step))));
    }

    [Fact]
    public void One_checkpoint_with_a_graph_of_its_own()
    {
        var graph = Path.Combine(_folder.Train, "other.onnx");
        File.Move(_folder.GraphPath, graph);
        Assert.Equal($"1 model written to {_folder.Output}", Run(_folder.CheckpointPath(10), "--graph", graph, "-o", _folder.Output).Trim());
        Assert.Equal([_folder.ModelPath(10)], Directory.GetFiles(_folder.Output));
    }

    [Fact]
    public void Json()
    {
        // The same checkpoint named twice is exported once.
        using var json = JsonDocument.Parse(Run(_folder.Checkpoints, _folder.CheckpointPath(10), "--json", "--output", _folder.Output));
        Assert.Equal(3, json.RootElement.GetProperty("exported").GetInt32());
        var model = json.RootElement.GetProperty("models")[1];
        Assert.Equal(_folder.CheckpointPath(10), model.GetProperty("checkpoint").GetString());
        Assert.Equal(_folder.GraphPath, model.GetProperty("graph").GetString());
        Assert.Equal(_folder.ModelPath(10), model.GetProperty("model").GetString());
    }

    [Fact]
    public void Two_checkpoints_of_one_name()
    {
        using var other = new TrainFolder();
        var error = Assert.Throws<GoldilocksException>(() => Run(_folder.CheckpointPath(0), other.CheckpointPath(0), "--output", _folder.Output));
        Assert.Equal($"{_folder.CheckpointPath(0)} and {other.CheckpointPath(0)} would both be written to {_folder.ModelPath(0)}; export them to different folders.", error.Message);
    }

    [Fact]
    public void What_is_not_a_checkpoint()
    {
        Assert.Equal(
            $"{_folder.GraphPath}: is not a checkpoint; expected a file named *.safetensors, or a folder of them.",
            Assert.Throws<GoldilocksException>(() => Run(_folder.GraphPath)).Message);
        Assert.Equal("nowhere: no such file or folder; expected *.safetensors or a folder of them.", Assert.Throws<GoldilocksException>(() => Run("nowhere")).Message);
        Assert.Equal("no.onnx: no such file; --graph names an .onnx file.", Assert.Throws<GoldilocksException>(() => Run(_folder.Train, "--graph", "no.onnx")).Message);
    }

    [Fact]
    public void An_output_that_is_a_file()
    {
        File.WriteAllText(_folder.Output, "");
        var error = Assert.Throws<GoldilocksException>(() => Run(_folder.Train, "--output", _folder.Output));
        Assert.StartsWith($"cannot write {_folder.ModelPath(0)}: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    private static string Run(params string[] arguments)
    {
        using var output = new StringWriter();
        var exitCode = ExportCommand.Create().Parse(arguments).Invoke(new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
        Assert.Equal(ExitCodes.Success, exitCode);
        return output.ToString();
    }
}
