using System.Text;
using System.Text.Json;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;

namespace Goldilocks.Analyze.Tests;

public sealed class AnalyzeCommandTests : IDisposable
{
    private static readonly string ToyMeasures = string.Join(',', ExactModel.ToyMeasures.Measures);

    private readonly TemporaryFolder _folder = new();

    public AnalyzeCommandTests() => OnnxFile.Write(Model, ExactModel.Graph());

    private string Model => _folder.File("sub", "exact.onnx");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Prints_a_table_and_writes_nothing_unless_asked()
    {
        var before = Directory.GetFileSystemEntries(_folder.Path);
        var (exitCode, output, errors) = await CommandLine.Run(_folder.Path, "--measures", ToyMeasures);
        Assert.Equal((ExitCodes.Success, 0), (exitCode, errors.Length));
        Assert.Equal(
            ["run", "step", "train", "validation", "all", "RQI", "Acc^", "eff.dim", "|weights|", "|embedding|", "vs", "trainer"],
            output[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith("777777777777     5  1.000       1.000  1.000  1.000  0.964     1.00 ", output[1], StringComparison.Ordinal);
        Assert.StartsWith("1 model, 1 session, ", output[2], StringComparison.Ordinal);
        Assert.Equal(before, Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task Writes_the_table_where_asked()
    {
        var (exitCode, _, _) = await CommandLine.Run(Model, "--output", _folder.File("out"), "--threads", "2", "--jobs", "1", "--provider", "cpu");
        Assert.Equal(ExitCodes.Success, exitCode);
        Assert.Equal([_folder.File("out", "analysis.parquet")], Directory.GetFiles(_folder.File("out")));
    }

    [Fact]
    public async Task Json_holds_every_column()
    {
        var (_, output, _) = await CommandLine.Run(_folder.Path, Model, "--json");
        using var json = JsonDocument.Parse(string.Join('\n', output));
        var model = Assert.Single(json.RootElement.GetProperty("models").EnumerateArray());
        Assert.Equal(AnalysisTable.Schema.Columns.Select(column => column.Name), model.EnumerateObject().Select(property => property.Name));
        Assert.Equal("sub/exact.onnx", model.GetProperty("model").GetString());
        Assert.Equal(1, model.GetProperty("accuracy").GetDouble());
        Assert.Equal(JsonValueKind.Null, model.GetProperty("explained_variance_2").ValueKind);
        Assert.Equal(1, json.RootElement.GetProperty("sessions").GetInt32());
    }

    [Fact]
    public async Task Bad_files_are_one_line_each_and_do_not_stop_the_others()
    {
        var good = File.ReadAllBytes(Model);
        File.WriteAllBytes(_folder.File("cut.onnx"), good[..^100]);
        File.WriteAllBytes(_folder.File("empty.onnx"), []);
        File.WriteAllBytes(_folder.File("external.onnx"), [.. good, .. ExternalInitializer("stolen", "/etc/passwd")]);
        File.WriteAllText(_folder.File("text.onnx"), "this is not a model");
        var (exitCode, output, errors) = await CommandLine.Run(_folder.Path, "--measures", ToyMeasures);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Equal(["cut", "empty", "external", "text"], errors.Select(line => Path.GetFileNameWithoutExtension(line["error: ".Length..].Split(": ")[0])));
        Assert.Contains("initializer \"stolen\" keeps its data in", errors[2], StringComparison.Ordinal);
        Assert.StartsWith("777777777777 ", output[1], StringComparison.Ordinal);
        Assert.StartsWith("1 model, 1 session, ", output[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_that_ONNX_Runtime_refuses()
    {
        var graph = ExactModel.Graph();
        OnnxFile.Write(_folder.File("sub", "wrong.onnx"), graph with { Nodes = [.. graph.Nodes.Select(node => node.OpType == "Add" ? node with { OpType = "Addd" } : node)] });
        var (exitCode, output, errors) = await CommandLine.Run(_folder.Path, "--measures", ToyMeasures);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.StartsWith($"error: {_folder.File("sub", "wrong.onnx")}: ", Assert.Single(errors), StringComparison.Ordinal);
        Assert.Contains("Addd", errors[0], StringComparison.Ordinal);
        Assert.StartsWith("1 model, 1 session, ", output[2], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("goldilocks_format", "2", "has another metadata version")]
    [InlineData("run", "\e[31m", "its metadata name no run")]
    [InlineData("step", "-1", "its metadata name no step")]
    public async Task Metadata_against_the_format(string key, string value, string complaint)
    {
        var metadata = ExactModel.Metadata();
        metadata[key] = value;
        OnnxFile.Write(Model, ExactModel.Graph(metadata: metadata));
        var (exitCode, _, errors) = await CommandLine.Run(Model);
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Contains(complaint, Assert.Single(errors), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_model_from_elsewhere_is_a_note_not_a_failure()
    {
        var graph = new GraphBuilder("other");
        graph.Initializer("w", Tensor.Of([3f, 4], 2, 1));
        graph.Output(graph.Apply("MatMul", "y", [graph.Input("x", ElementType.Float32, [Dimension.Batch, 2]), "w"]));
        OnnxFile.Write(_folder.File("other.onnx"), graph.Build());
        var (exitCode, output, errors) = await CommandLine.Run(_folder.File("other.onnx"), "--measures", ToyMeasures);
        Assert.Equal((ExitCodes.Success, 0), (exitCode, errors.Length));
        Assert.Equal(
            "note: other.onnx: the metadata name no task (not measured: split_accuracy, accuracy, rqi, predicted_accuracy, training_structure); "
            + "no initializer is named like an embedding (*embed*weight) (not measured: principal_components, circularity, embedding_norm)",
            Assert.Single(output, line => line.StartsWith("note: ", StringComparison.Ordinal)));
        Assert.Contains(" 5.000 ", output[1], StringComparison.Ordinal);
        Assert.StartsWith("hint: say what a model was trained on with --task", output[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_usage_is_one_line_with_the_way_out()
    {
        Directory.CreateDirectory(_folder.File("none"));
        Directory.CreateDirectory(_folder.File("train", "checkpoints"));
        File.WriteAllBytes(_folder.File("train", "checkpoints", "x.safetensors"), []);
        File.WriteAllBytes(_folder.File("x.txt"), []);
        var cases = new (string[] Arguments, string Message)[]
        {
            (["nowhere"], "nowhere: no such file or folder; expected *.onnx, *.safetensors with a graph beside it, or a folder of them."),
            ([_folder.File("none")], $"{_folder.File("none")}: holds no models; expected *.onnx, *.safetensors with a graph beside it, or a folder of them."),
            ([_folder.File("train")], $"{_folder.File("train")}: holds weights but no models: weights need their graph beside them: NAME.graph.onnx for NAME.safetensors, one *.graph.onnx in the folder, or model.onnx."),
            ([_folder.File("x.txt")], $"{_folder.File("x.txt")}: is not a model; expected *.onnx, *.safetensors with a graph beside it, or a folder of them."),
            ([Model, "--jobs", "0"], "--jobs 0: must be at least 1."),
            ([Model, "--threads", "-1"], "--threads -1: must be 0 (ONNX Runtime's choice) or more."),
            ([Model, "--decoder-map", "1", "--output", _folder.File("out")], "decoder map: 1 points per side are not possible; choose 2 to 2000, or 0 for no map."),
            ([Model, "--decoder-map", "2001", "--output", _folder.File("out")], "decoder map: 2001 points per side are not possible; choose 2 to 2000, or 0 for no map."),
            ([Model, "--decoder-map", "20"], "--decoder-map needs --output, the folder for its table."),
            ([Model, "--decoder-map", "20", "--output", _folder.File("out")], "decoder map: no run can be drawn on a plane (run 777777777777: its embedding has 1 dimension, not 2). Train with embedding_dimension=2, or leave the map out."),
            ([Model, "--witness", "nowhere"], "nowhere: no such folder; expected a training folder with checkpoints/*-witness.safetensors."),
        };
        foreach (var (arguments, message) in cases)
        {
            var (exitCode, output, errors) = await CommandLine.Run(arguments);
            Assert.Equal((ExitCodes.Usage, 0), (exitCode, output.Length));
            Assert.Equal($"error: {message}", Assert.Single(errors));
        }

        var unknown = await CommandLine.Run(Model, "--provider", "abacus");
        Assert.Equal((ExitCodes.Usage, 0), (unknown.ExitCode, unknown.Output.Length));
        Assert.Contains("execution provider \"abacus\"", Assert.Single(unknown.Errors), StringComparison.Ordinal);
    }

    [Fact]
    public void The_columns_that_others_rely_on_are_there()
    {
        string[] promised =
        [
            "run", "step", "train_accuracy", "validation_accuracy", "accuracy", "rqi", "predicted_accuracy", "ideal_rqi", "ideal_accuracy", "nullity",
            "permissible_parallelograms", "pca_entropy", "effective_dimension", "explained_variance_1", "explained_variance_2", "circularity", "dominant_frequency", "weight_norm",
            "embedding_norm", "output_difference", "schema_version",
        ];
        Assert.Subset(AnalysisTable.Schema.Columns.Select(column => column.Name).ToHashSet(), promised.ToHashSet());
    }

    /// <summary>
    /// By the field numbers of the ONNX format, appended to a model: protobuf merges it into the graph (7) as one more initializer (5) whose
    /// data (14) lie in the file that an entry (13) names.
    /// </summary>
    private static byte[] ExternalInitializer(string name, string location) => Field(7, Field(5,
    [
        0x08, 1, 0x10, 1, .. Field(8, Encoding.UTF8.GetBytes(name)),
        .. Field(13, [.. Field(1, "location"u8.ToArray()), .. Field(2, Encoding.UTF8.GetBytes(location))]), 0x70, 1,
    ]));

    private static byte[] Field(int number, byte[] content) => [(byte)(number << 3 | 2), (byte)content.Length, .. content];
}
