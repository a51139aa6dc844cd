using System.Text.Json;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Analyze.Tests;

/// <summary>Models from elsewhere through the command: what is found, what has to be said, and where checkpoints may lie.</summary>
public sealed class ForeignModelTests(TrainedRuns runs) : IClassFixture<TrainedRuns>, IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Shapes => ["pairs", "int32", "three", "open", "symbols", "columns", "swapped", "fixed", "positions", "two outputs"];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Inputs_and_outputs_of_many_shapes(string shape)
    {
        static ValueInfo Symbols(string name, params Dimension[] dimensions) => new(name, ElementType.Int64, dimensions);
        var none = new Dictionary<string, AttributeValue>();
        var exact = ExactModel.Graph(metadata: []);
        OnnxFile.Write(_folder.File("m.onnx"), shape switch
        {
            "pairs" => ForeignModel.Tokens(2),
            "int32" => ForeignModel.Tokens(2, "pairs", ElementType.Int32),
            "three" => ForeignModel.Tokens(3, "tokens"),
            "open" => ForeignModel.Tokens(null, "tokens"),
            "fixed" => ForeignModel.Tokens(3, "tokens", batch: ExactModel.Samples),
            "symbols" => ForeignModel.Behind([Symbols("x", Dimension.Unknown), Symbols("y", Dimension.Unknown)], new Node("Identity", "i", ["x"], ["a"], none), new Node("Identity", "j", ["y"], ["b"], none)),
            "columns" => ForeignModel.Behind([Symbols("x", Dimension.Batch, 1), Symbols("y", Dimension.Batch, 1)], new Node("Squeeze", "i", ["x", "axis"], ["a"], none), new Node("Squeeze", "j", ["y", "axis"], ["b"], none)),
            "swapped" => exact with { Inputs = [.. exact.Inputs.Reverse()] },
            "positions" => ForeignModel.Positions(ForeignModel.Tokens(2), "result"),
            _ => ForeignModel.Positions(ForeignModel.Tokens(2), "result") is var graph ? graph with { Outputs = [new("ea", ElementType.Float32, [Dimension.Batch, 1]), .. graph.Outputs] } : exact,
        });
        var (exitCode, output, errors) = await CommandLine.Run(_folder.File("m.onnx"), "--task", "add 10", "--json");
        Assert.Equal((ExitCodes.Success, 0), (exitCode, errors.Length));
        using var json = JsonDocument.Parse(string.Join('\n', output));
        var row = Assert.Single(json.RootElement.GetProperty("models").EnumerateArray());
        Assert.Equal((1.0, 1.0, "paper"), (row.GetProperty("accuracy").GetDouble(), row.GetProperty("rqi").GetDouble(), row.GetProperty("convention").GetString()));
        Assert.StartsWith("the metadata do not tell the training samples (not measured: split_accuracy", row.GetProperty("note").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operator_sets_13_to_21()
    {
        var oneHot = new GraphBuilder("one-hot");
        oneHot.Input("v", ElementType.Float32, [Dimension.Batch, ExactModel.P]);
        oneHot.Input("u", ElementType.Float32, [Dimension.Batch, ExactModel.P]);
        oneHot.Initializer("w0", Tensor.Of(ExactModel.Line, ExactModel.P, 1));
        oneHot.Initializer("w1", Tensor.Of(ExactModel.Weight, ExactModel.Classes, 1));
        oneHot.Initializer("w2", Tensor.Of(ExactModel.Bias, ExactModel.Classes));
        oneHot.Apply("Add", "sum", [oneHot.Apply("MatMul", "x", ["u", "w0"]), oneHot.Apply("MatMul", "y", ["v", "w0"])]);
        oneHot.Output(oneHot.Linear("scores", "sum", "w1", "w2"));
        for (var opset = 13; opset <= 21; opset++)
        {
            OnnxFile.Write(_folder.File($"tokens-{opset}.onnx"), ForeignModel.Positions(ForeignModel.Tokens(3, "tokens", ElementType.Int32), "result") with { OpsetVersion = opset });
            OnnxFile.Write(_folder.File($"vectors-{opset}.onnx"), oneHot.Build() with { OpsetVersion = opset });
        }

        var rows = await Rows(_folder.Path, "--task", "add 10 ordered");
        Assert.Equal(18, rows.Count);
        Assert.All(rows, row => Assert.Equal((1.0, 1.0), (row.GetProperty("accuracy").GetDouble(), row.GetProperty("rqi").GetDouble())));
        Assert.Equal(["tokens", "vectors"], rows.Select(row => row.GetProperty("run").GetString()!).Distinct());
    }

    [Fact]
    public async Task What_cannot_be_converted_is_a_note()
    {
        OnnxFile.Write(_folder.File("batch.onnx"), ForeignModel.Tokens(2, batch: 4));
        OnnxFile.Write(_folder.File("four.onnx"), ForeignModel.Tokens(4));
        var many = ForeignModel.Positions(ForeignModel.Tokens(2), "result");
        OnnxFile.Write(_folder.File("outputs.onnx"), many with { Outputs = [.. many.Outputs, many.Outputs[0] with { Name = "first", Shape = [Dimension.Batch, 1, ExactModel.Classes] }] });
        var (exitCode, output, _) = await CommandLine.Run(_folder.Path, "--task", "add 10");
        Assert.Equal(ExitCodes.Success, exitCode);
        var notes = output.Where(line => line.StartsWith("note: ", StringComparison.Ordinal)).ToArray();
        Assert.Contains("batch.onnx: the model takes 4 samples at a time, the task has 55; export it with a dynamic batch (not measured: split_accuracy", notes[0], StringComparison.Ordinal);
        Assert.Contains("four.onnx: the model's inputs are none that two symbols can be put into", notes[1], StringComparison.Ordinal);
        Assert.Contains("outputs.onnx: 2 outputs of 32-bit numbers", notes[2], StringComparison.Ordinal);
        var named = await CommandLine.Run(_folder.File("outputs.onnx"), "--task", "add 10", "--logits", "result");
        Assert.Contains(" 1.000 ", named.Output[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_come_first_and_the_command_line_fills_what_they_leave_open()
    {
        var metadata = ExactModel.Metadata();
        foreach (var key in new[] { "goldilocks_format", "train_samples" }) metadata.Remove(key);
        OnnxFile.Write(_folder.File("m.onnx"), ExactModel.Graph(metadata: metadata));
        File.WriteAllLines(_folder.File("train.csv"), ["b,a", .. Enumerable.Range(0, 10).Select(i => $"{i},{9 - i}").Take(5)]);
        var (_, output, _) = await CommandLine.Run(_folder.File("m.onnx"), "--task", "multiply mod 11", "--split", _folder.File("train.csv"), "--embedding", "nothing", "--inspect");
        Assert.Contains("  task         add, p = 10, unordered pairs: 55 samples, 19 classes (metadata)", output);
        Assert.Contains("  split        5 train, 50 validation (--split)", output);
        Assert.Contains("  initializer  \"embedding.weight\" Float32 [10,1]  the embedding", output);
    }

    [Fact]
    public async Task A_training_folder_is_analysed_like_its_export()
    {
        var trained = await Rows(runs.Train);
        var exported = await Rows(runs.Exported);
        Assert.Equal(runs.Models, trained.Count);
        Assert.Equal(exported.Select(Values), trained.Select(Values));

        var compared = await Rows(runs.Train, "--witness", runs.Train);
        Assert.All(compared, row => Assert.InRange(row.GetProperty("output_difference").GetDouble(), 0, 1e-5));

        // A folder that holds both has each model once.
        runs.CopyModelsTo(_folder.File("export"));
        foreach (var file in Directory.GetFiles(Path.Combine(runs.Train, "checkpoints"))) File.Copy(file, _folder.File(Path.GetFileName(file)));
        Assert.Equal(runs.Models, (await Rows(_folder.Path)).Count);
    }

    [Theory]
    [InlineData("model-step-000200.safetensors", "model.onnx", "model-step", 200)]
    [InlineData("ckpt_7.safetensors", "ckpt_7.graph.onnx", "ckpt", 7)]
    [InlineData("300.safetensors", "any.graph.onnx", "weights", 300)]
    public async Task Weights_of_others_with_a_graph_beside_them(string weights, string graph, string run, int step)
    {
        var exact = ForeignModel.Tokens(2);
        OnnxFile.Write(_folder.File("weights", graph), exact with { Initializers = [.. exact.Initializers.Select(entry => entry.Key == "decoder.0.bias" ? new(entry.Key, Tensor.Of(new float[ExactModel.Classes], ExactModel.Classes)) : entry)] });
        SafetensorsFile.Write(_folder.File("weights", weights), [.. exact.Initializers.Where(entry => entry.Value.Type == ElementType.Float32)], new Dictionary<string, string> { ["format"] = "pt" });
        foreach (var path in new[] { _folder.File("weights"), _folder.File("weights", weights) })
        {
            var row = Assert.Single(await Rows(path, "--task", "add 10"));
            Assert.Equal((run, step, weights, 1.0), (row.GetProperty("run").GetString(), row.GetProperty("step").GetInt32(), row.GetProperty("model").GetString(), row.GetProperty("accuracy").GetDouble()));
        }
    }

    [Fact]
    public async Task Weights_that_do_not_fit_their_graph()
    {
        var exact = ForeignModel.Tokens(2);
        OnnxFile.Write(_folder.File("model.onnx"), exact);
        KeyValuePair<string, Tensor>[] all = [.. exact.Initializers.Where(entry => entry.Value.Type == ElementType.Float32)];
        (string File, KeyValuePair<string, Tensor>[] Tensors, string Complaint)[] cases =
        [
            ("case.safetensors", [new("Embedding.weight", all[0].Value), .. all[1..]], "lacks the parameter \"embedding.weight\""),
            ("empty.safetensors", [], "holds no tensors"),
            ("more.safetensors", [.. all, new("\e[31m", all[0].Value)], "holds the tensor \"\uFFFD[31m\""),
            ("shape.safetensors", [new("embedding.weight", Tensor.Of(new float[9], 9, 1)), .. all[1..]], "\"embedding.weight\" is Float32 [9,1], but the graph has Float32 [10,1]"),
        ];
        foreach (var (file, tensors, _) in cases) SafetensorsFile.Write(_folder.File(file), tensors, new Dictionary<string, string>());
        var (exitCode, _, errors) = await CommandLine.Run(_folder.Path, "--task", "add 10");
        Assert.Equal((ExitCodes.Usage, cases.Length), (exitCode, errors.Length));
        for (var i = 0; i < cases.Length; i++) Assert.StartsWith($"error: {_folder.File(cases[i].File)}: {cases[i].Complaint}", errors[i], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Inspection_says_what_is_taken_for_what()
    {
        OnnxFile.Write(_folder.File("ckpt_10.onnx"), ForeignModel.Tokens(3, "tok\e[31mens"));
        OnnxFile.Write(_folder.File("ckpt_20.onnx"), ForeignModel.Tokens(3, "tok\e[31mens"));
        var (exitCode, output, errors) = await CommandLine.Run(_folder.Path, "--inspect");
        Assert.Equal((ExitCodes.Success, 0), (exitCode, errors.Length));
        Assert.Equal(
            [
                "architecture 1: ckpt_10.onnx and 1 more, operator set 20",
                "  input        \"tok\uFFFD[31mens\" Int64 [B, 3]",
                "  output       \"logits\" Float32 [B, 19]",
                "  nodes        Add 1, Gather 4, Gemm 1",
                "  initializer  \"embedding.weight\" Float32 [10,1]  the embedding",
            ],
            output[..5]);
        Assert.Contains("  task         not known; say it with --task, such as --task \"add mod 59\"", output);
        Assert.Equal("2 models of 1 architecture", output[^1]);

        var told = await CommandLine.Run(_folder.Path, "--inspect", "--json", "--task", "add 10");
        using var json = JsonDocument.Parse(string.Join('\n', told.Output));
        var architecture = Assert.Single(json.RootElement.GetProperty("architectures").EnumerateArray());
        Assert.Equal(("a, b, 10", "scores", "embedding.weight"), (architecture.GetProperty("input_layout").GetString(), architecture.GetProperty("output_layout").GetString(), architecture.GetProperty("embedding").GetString()));
        Assert.Contains("accuracy", architecture.GetProperty("measured").EnumerateArray().Select(measure => measure.GetString()));
        Assert.Equal("the metadata do not tell the training samples", architecture.GetProperty("not_measured").GetProperty("split_accuracy").GetString());
    }

    private static async Task<List<JsonElement>> Rows(params string[] arguments)
    {
        var (exitCode, output, errors) = await CommandLine.Run([.. arguments, "--json"]);
        Assert.Equal((ExitCodes.Success, ""), (exitCode, string.Join('\n', errors)));
        return [.. JsonDocument.Parse(string.Join('\n', output)).RootElement.GetProperty("models").EnumerateArray()];
    }

    private static string Values(JsonElement row) => string.Join(' ', row.EnumerateObject().Where(property => property.Name != "model").Select(property => $"{property.Value}"));
}
