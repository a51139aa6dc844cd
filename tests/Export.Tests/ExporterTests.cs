using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Safetensors;
using Goldilocks.Graph.Tests;

namespace Goldilocks.Export.Tests;

public class ExporterTests
{
    private static readonly ModelGraph Toy = OnnxToyModel.Create();

    [Fact]
    public void Weights_and_metadata_are_the_checkpoints_and_the_rest_is_the_graphs()
    {
        var mask = KeyValuePair.Create("targets", Tensor.Of([1f, 2f], 2));
        var graph = Toy with { Initializers = [mask, .. Toy.Initializers], Metadata = new Dictionary<string, string> { ["run"] = OnnxToyModel.Run, ["own"] = "kept" } };
        var metadata = TrainFolder.Metadata(OnnxToyModel.Run, 1000);
        var model = Exporter.Attach(graph, new([.. TrainFolder.Weights(1000).Reverse()], metadata), "c");
        OnnxSame.Tensors([mask, .. TrainFolder.Weights(1000)], model.Initializers);
        Assert.Equal(metadata.Append(new("own", "kept")).OrderBy(entry => entry.Key, StringComparer.Ordinal), model.Metadata);
        Assert.Equal(graph.Nodes, model.Nodes);
    }

    [Fact]
    public void The_text_tells_what_the_model_is()
    {
        var model = Exporter.Attach(Toy, new(TrainFolder.Weights(1000), TrainFolder.Metadata(OnnxToyModel.Run, 1000)), "c");
        Assert.Equal(
            $"""
            Adds two embeddings and decodes the sum.

            A network trained on addition (a + b) over 5 symbols. It comes from recipe toy-addition, convention paper, loss cross_entropy, run {OnnxToyModel.Run}. The weights are those after training step 1000.

            Inputs (one row per sample):
            - a: Int64 [B]. The first symbol, 0 to 4.
            - b: Int64 [B]. The second symbol.

            Outputs:
            - logits: Float32 [B, 9]. One score per class; the class with the largest score is the prediction (class k: a + b = k).

            """.ReplaceLineEndings("\n"),
            model.Doc);
        Assert.Equal(["The first symbol, 0 to 4.", "The second symbol."], model.Inputs.Select(input => input.Doc));
    }

    [Fact]
    public void A_checkpoint_from_elsewhere_needs_no_metadata()
    {
        var nameless = Toy with { Metadata = new Dictionary<string, string>() };
        var model = Exporter.Attach(nameless, new(TrainFolder.Weights(1), new Dictionary<string, string>()), "c");
        Assert.Contains("A network whose checkpoint says nothing about its training.", model.Doc, StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_parameter() => Refused(
        [.. TrainFolder.Weights(1).Skip(1)],
        "dir/c.safetensors: lacks the parameter \"embedding.weight\" of the graph; export it with the graph it was trained with.");

    [Fact]
    public void Unknown_tensor() => Refused(
        [.. TrainFolder.Weights(1), new("decoder.4.weigth", Tensor.Of([1f], 1))],
        "dir/c.safetensors: holds the tensor \"decoder.4.weigth\", which the graph does not have. Did you mean \"decoder.0.weight\"?");

    [Fact]
    public void Another_shape() => Refused(
        [new("embedding.weight", Tensor.Of(new float[15], 3, 5)), .. TrainFolder.Weights(1).Skip(1)],
        "dir/c.safetensors: \"embedding.weight\" is Float32 [3,5], but the graph has Float32 [5,3]; export it with the graph it was trained with.");

    [Fact]
    public void Another_type() => Refused(
        [new("embedding.weight", Tensor.Of(new long[15], 5, 3)), .. TrainFolder.Weights(1).Skip(1)],
        "dir/c.safetensors: \"embedding.weight\" is Int64 [5,3], but the graph has Float32 [5,3]; export it with the graph it was trained with.");

    [Fact]
    public void Another_run() => Refused(
        TrainFolder.Weights(1),
        $"dir/c.safetensors: is of run \"abc\", but the graph is of run \"{OnnxToyModel.Run}\"; export it with the graph it was trained with.",
        ("run", "abc"));

    [Fact]
    public void Another_format() => Refused(TrainFolder.Weights(1), "dir/c.safetensors: has the format version \"2\"; this program understands \"1\".", ("goldilocks_format", "2"));

    [Theory]
    [InlineData("decoder.0.weight", ElementType.Float32, true)]
    [InlineData("decoder.0.weight", ElementType.Float64, true)]
    [InlineData("targets", ElementType.Float32, false)]
    [InlineData("reshape.shape", ElementType.Int64, false)]
    public void Parameters_are_floats_with_state_dict_names(string name, ElementType type, bool expected) =>
        Assert.Equal(expected, Tensor.IsParameter(name, new Tensor(type, [0], default)));

    private static void Refused(KeyValuePair<string, Tensor>[] tensors, string message, params (string Key, string Value)[] metadata)
    {
        SafetensorsContent checkpoint = new(tensors, metadata.ToDictionary(entry => entry.Key, entry => entry.Value));
        Assert.Equal(message, Assert.Throws<GoldilocksException>(() => Exporter.Attach(Toy, checkpoint, "dir/c.safetensors")).Message);
    }
}
