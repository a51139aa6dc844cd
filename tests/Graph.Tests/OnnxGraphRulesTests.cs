using Goldilocks.Graph.Onnx;

namespace Goldilocks.Graph.Tests;

/// <summary>Names, single assignment and order: broken ones are neither written nor read.</summary>
public class OnnxGraphRulesTests
{
    private static readonly ModelGraph Toy = OnnxToyModel.Create();

    [Fact]
    public void Consumer_before_producer() => Broken(
        Toy with { Nodes = [.. Toy.Nodes.Skip(1), Toy.Nodes[0]] },
        "node \"sum\" (\"Add\") reads \"e_a\", which only a later node gives: nodes must stand in topological order");

    [Fact]
    public void Cycle() => Broken(Toy with { Nodes = [OnnxToyModel.Make("Tanh", "loop", ["x"], "x"), .. Toy.Nodes] }, "node \"loop\" (\"Tanh\") reads \"x\"");

    [Fact]
    public void Unknown_value() => Broken(
        Toy with { Initializers = [.. Toy.Initializers.Skip(1)] },
        "node \"embed_a\" (\"Gather\") reads \"embedding.weight\", which no node, input or initializer gives");

    [Fact]
    public void Value_given_twice() => Broken(Toy with { Nodes = [.. Toy.Nodes, Toy.Nodes[4] with { Name = "again" }] }, "the name \"h\" is given to two values");

    [Fact]
    public void Initializer_given_twice() => Broken(Toy with { Initializers = [.. Toy.Initializers, Toy.Initializers[2]] }, "the name \"decoder.0.bias\" is given to two values");

    [Fact]
    public void Two_inputs_of_one_name() => Broken(Toy with { Inputs = [Toy.Inputs[0], Toy.Inputs[0]] }, "the name \"a\" is given to two values");

    [Fact]
    public void Node_output_that_is_an_input() => Broken(Toy with { Nodes = [OnnxToyModel.Make("Tanh", "t", ["b"], "a"), .. Toy.Nodes] }, "the name \"a\" is given to two values");

    [Fact]
    public void Output_that_nobody_gives() => Broken(Toy with { Outputs = [Toy.Outputs[0] with { Name = "y" }] }, "the graph's output \"y\" is given by no node, input or initializer");

    [Fact]
    public void Output_twice() => Broken(Toy with { Outputs = [Toy.Outputs[0], Toy.Outputs[0]] }, "the graph's output \"logits\" is listed twice");

    [Fact]
    public void No_outputs() => Broken(Toy with { Outputs = [] }, "the graph has no outputs");

    [Fact]
    public void Node_without_operator() => Broken(Toy with { Nodes = [Toy.Nodes[0] with { OpType = "" }, .. Toy.Nodes.Skip(1)] }, "node \"embed_a\" has no operator");

    [Fact]
    public void Two_nodes_of_one_name() => Assert.Contains(
        "two nodes are named \"embed_b\"",
        OnnxHostile.Attempt(() => OnnxFile.Serialize(Toy with { Nodes = [Toy.Nodes[0] with { Name = "embed_b" }, .. Toy.Nodes.Skip(1)] })),
        StringComparison.Ordinal);

    [Fact]
    public void Empty_names_leave_optional_inputs_out()
    {
        var clip = OnnxToyModel.Make("Clip", "clip", ["h", "", "decoder.0.bias"], "h2");
        GraphValidator.Check(Toy with { Nodes = [.. Toy.Nodes, clip] }, "m");
    }

    /// <summary>Written by the validating writer and, past it, read back by the validating reader: the same line.</summary>
    private static void Broken(ModelGraph graph, string message)
    {
        var written = OnnxHostile.Attempt(() => OnnxFile.Serialize(graph));
        Assert.StartsWith($"graph \"toy\": {message}", written, StringComparison.Ordinal);
        var frame = Google.Protobuf.MessageExtensions.ToByteArray(OnnxEncoder.EncodeFrame(graph));
        var body = Google.Protobuf.MessageExtensions.ToByteArray(new Protos.ModelProto { Graph = OnnxEncoder.EncodeGraph(graph) });
        var read = OnnxHostile.Attempt(() => OnnxFile.Parse([.. frame, .. body], "m"));
        Assert.NotNull(read);
        Assert.StartsWith("m: ", read, StringComparison.Ordinal);
    }
}
