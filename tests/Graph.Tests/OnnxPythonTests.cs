using Goldilocks.Graph.Onnx;

namespace Goldilocks.Graph.Tests;

/// <summary>Read by others, and reading what others write.</summary>
public sealed class OnnxPythonTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("goldilocks-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [OnnxFactIfPython]
    public void Checker_accepts_our_file_and_sees_the_same_weights()
    {
        var graph = OnnxToyModel.Create();
        var path = Path.Combine(_folder, "toy.onnx");
        OnnxFile.Write(path, graph);
        var lines = OnnxChecker.Check(path);
        Assert.Equal(
            ["value a 7 B", "value b 7 B", "value e_a 1 B 3", "value e_b 1 B 3", "value e 1 B 3", "value h0 1 B 4", "value h 1 B 4", "value logits 1 B 9"],
            lines.Where(line => line.StartsWith("value", StringComparison.Ordinal)));
        Assert.Equal(
            graph.Initializers.Select(w => $"weight {w.Key} float32 [{string.Join(", ", w.Value.Shape)}] {Convert.ToHexString(w.Value.Data.Span)}"),
            lines.Where(line => line.StartsWith("weight", StringComparison.Ordinal)));
        Assert.Equal(["metadata goldilocks_format 1", $"metadata run {OnnxToyModel.Run}"], lines[^2..]);
    }

    [OnnxFactIfPython]
    public void Checker_refuses_what_is_wrong()
    {
        // The check above means something only if a wrong shape fails it.
        var graph = OnnxToyModel.Create();
        var path = Path.Combine(_folder, "wrong.onnx");
        OnnxFile.Write(path, graph with { Outputs = [new("logits", ElementType.Float32, [Dimension.Batch, 8])] });
        Assert.Throws<Xunit.Sdk.TrueException>(() => OnnxChecker.Check(path));
    }

    /// <summary>Typed lists instead of raw bytes, initializers that are inputs, nodes without names, every sort of attribute, operator set 13.</summary>
    private const string Peer = """
        import sys, onnx
        from onnx import TensorProto as T, helper as h
        tensors = [
            h.make_tensor("f32", T.FLOAT, [2, 2], [1.5, -2.5, float("inf"), 1e-45]),
            h.make_tensor("f64", T.DOUBLE, [1], [1e-300]),
            h.make_tensor("f16", T.FLOAT16, [2], [1.0, -2.0]),
            h.make_tensor("i64", T.INT64, [2], [-(2**63), 2**63 - 1]),
            h.make_tensor("i32", T.INT32, [2], [-(2**31), 2**31 - 1]),
            h.make_tensor("i16", T.INT16, [2], [-32768, 32767]),
            h.make_tensor("i8", T.INT8, [2], [-128, 127]),
            h.make_tensor("u8", T.UINT8, [1], [255]),
            h.make_tensor("u16", T.UINT16, [1], [65535]),
            h.make_tensor("u32", T.UINT32, [1], [2**32 - 1]),
            h.make_tensor("u64", T.UINT64, [1], [2**64 - 1]),
            h.make_tensor("bool", T.BOOL, [2], [True, False]),
            h.make_tensor("scalar", T.FLOAT, [], [7.0]),
            h.make_tensor("empty", T.INT64, [0], []),
            h.make_tensor("raw", T.INT32, [1], (258).to_bytes(4, "little"), raw=True),
        ]
        nodes = [
            h.make_node("Tanh", ["x"], ["y"]),
            h.make_node("Anything", ["y", "", "f32"], ["z"], i=5, f=0.5, s="text", ints=[1, -2], floats=[0.25], strings=["a", "é"],
                        t=h.make_tensor("t", T.INT64, [1], [3])),
        ]
        value = lambda name, shape: h.make_tensor_value_info(name, T.FLOAT, shape)
        graph = h.make_graph(nodes, "peer", [value("x", ["N", None, 3]), value("f32", [2, 2])], [value("z", ["N", None, 3])], tensors, doc_string="graph text")
        model = h.make_model(graph, opset_imports=[h.make_opsetid("", 13), h.make_opsetid("ai.onnx.ml", 2)])
        h.set_model_props(model, {"key": "value"})
        onnx.save(model, sys.argv[1])
        """;

    [OnnxFactIfPython]
    public void A_file_from_elsewhere_is_read()
    {
        var path = Path.Combine(_folder, "peer.onnx");
        OnnxPython.Run(Peer, path);
        var graph = OnnxFile.Read(path);
        Assert.Equal(("peer", "graph text", 13), (graph.Name, graph.Doc, graph.OpsetVersion));
        Assert.Equal("x", Assert.Single(graph.Inputs).Name);
        Assert.Equal([new Dimension(-1, "N"), Dimension.Unknown, new Dimension(3)], graph.Inputs[0].Shape);
        Assert.Equal("value", graph.Metadata["key"]);
        Assert.Equal(["Tanh_0", "Anything_1"], graph.Nodes.Select(node => node.Name));
        Assert.Equal(["y", "", "f32"], graph.Nodes[1].Inputs);

        var attributes = graph.Nodes[1].Attributes;
        Assert.Equal(new AttributeValue.Int(5), attributes["i"]);
        Assert.Equal(new AttributeValue.Float(0.5f), attributes["f"]);
        Assert.Equal(new AttributeValue.Text("text"), attributes["s"]);
        Assert.Equal([1, -2], Assert.IsType<AttributeValue.Ints>(attributes["ints"]).Values);
        Assert.Equal([0.25f], Assert.IsType<AttributeValue.Floats>(attributes["floats"]).Values);
        Assert.Equal(["a", "é"], Assert.IsType<AttributeValue.Texts>(attributes["strings"]).Values);
        Assert.Equal([3], Assert.IsType<AttributeValue.TensorValue>(attributes["t"]).Value.AsInt64s().ToArray());

        Assert.Equal([1.5f, -2.5f, float.PositiveInfinity, float.Epsilon], graph.Initializer("f32")!.AsFloats().ToArray());
        Assert.Equal([long.MinValue, long.MaxValue], graph.Initializer("i64")!.AsInt64s().ToArray());
        Assert.Equal((0, 1L), (graph.Initializer("scalar")!.Shape.Count, graph.Initializer("scalar")!.Count));
        var expected = new Dictionary<string, (ElementType, string)>
        {
            ["f64"] = (ElementType.Float64, Convert.ToHexString(BitConverter.GetBytes(1e-300))),
            ["f16"] = (ElementType.Float16, "003C00C0"),
            ["i32"] = (ElementType.Int32, "00000080FFFFFF7F"),
            ["i16"] = (ElementType.Int16, "0080FF7F"),
            ["i8"] = (ElementType.Int8, "807F"),
            ["u8"] = (ElementType.UInt8, "FF"),
            ["u16"] = (ElementType.UInt16, "FFFF"),
            ["u32"] = (ElementType.UInt32, "FFFFFFFF"),
            ["u64"] = (ElementType.UInt64, "FFFFFFFFFFFFFFFF"),
            ["bool"] = (ElementType.Bool, "0100"),
            ["scalar"] = (ElementType.Float32, "0000E040"),
            ["empty"] = (ElementType.Int64, ""),
            ["raw"] = (ElementType.Int32, "02010000"),
        };
        foreach (var (name, value) in expected)
            Assert.Equal(value, (graph.Initializer(name)!.Type, Convert.ToHexString(graph.Initializer(name)!.Data.Span)));
    }
}
