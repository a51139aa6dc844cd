using FsCheck;
using FsCheck.Fluent;
using Goldilocks.Graph.Onnx;

namespace Goldilocks.Graph.Tests;

public sealed class OnnxRoundTripTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("goldilocks-onnx-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reading_gives_back_what_was_written() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var graph = OnnxRandomGraph.Create(seed);
            var bytes = OnnxFile.Serialize(graph);
            var read = OnnxFile.Parse(bytes, "model");
            OnnxSame.Graphs(graph, read);
            Assert.Equal(bytes, OnnxFile.Serialize(read));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void A_file_holds_the_serialised_bytes()
    {
        var graph = OnnxToyModel.Create();
        var path = Path.Combine(_folder, "new", "toy.onnx");
        OnnxFile.Write(path, graph);
        Assert.Equal(OnnxFile.Serialize(graph), File.ReadAllBytes(path));
        OnnxSame.Graphs(graph, OnnxFile.Read(path));
        Assert.Equal([path], Directory.GetFiles(Path.GetDirectoryName(path)!));
    }

    [Fact]
    public void The_order_of_dictionaries_leaves_no_trace()
    {
        var graph = OnnxToyModel.Create();
        var node = OnnxToyModel.Make("Gemm", "n", ["a"], "x", ("transB", 1L), ("alpha", 2f), ("beta", 0.5f));
        ModelGraph With(Func<IEnumerable<string>, IEnumerable<string>> order) => graph with
        {
            Nodes = [node with { Attributes = order(node.Attributes.Keys).ToDictionary(key => key, key => node.Attributes[key]) }, .. graph.Nodes],
            Metadata = order(["step", "run", "p", "Z"]).ToDictionary(key => key, key => key + "!"),
        };
        Assert.Equal(OnnxFile.Serialize(With(keys => keys)), OnnxFile.Serialize(With(Enumerable.Reverse)));
    }

    /// <summary>Encoded by hand from the field numbers of the format: 0A is field 1, length-delimited, and so on.</summary>
    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var graph = new ModelGraph
        {
            Name = "g",
            Inputs = [new("x", ElementType.Int64, [Dimension.Batch])],
            Outputs = [new("y", ElementType.Float32, [2])],
            Initializers = [new("w", Tensor.Of([1f], 1))],
            Nodes = [OnnxToyModel.Make("F", "n", ["x", "w"], "y", ("axis", 0L))],
            Metadata = new Dictionary<string, string> { ["k"] = "v" },
        };
        const string Expected = "0809" // ir_version 9
            + "120A" + "676F6C64696C6F636B73" // producer_name "goldilocks"
            + "1A05" + "302E312E30" // producer_version "0.1.0"
            + "4204" + "0A001014" // opset_import { domain "", version 20 }
            + "7206" + "0A016B" + "120176" // metadata_props { "k": "v" }
            + "3A53" // graph
            + "0A1C" + "0A0178" + "0A0177" + "120179" + "1A016E" + "220146" // node { x, w -> y, name n, op F
            + "2A0B" + "0A0461786973" + "1800" + "A00102" //      attribute { "axis", i 0, type INT } }
            + "120167" // name "g"
            + "2A0D" + "0801" + "1001" + "420177" + "4A040000803F" // initializer { dims 1, FLOAT, "w", raw 1.0f }
            + "5A10" + "0A0178" + "120B" + "0A09" + "0807" + "1205" + "0A03" + "120142" // input x: INT64 [B]
            + "620F" + "0A0179" + "120A" + "0A08" + "0801" + "1204" + "0A02" + "0802"; // output y: FLOAT [2]
        Assert.Equal(Expected, Convert.ToHexString(OnnxFile.Serialize(graph)));
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(13, true)]
    [InlineData(21, true)]
    [InlineData(22, false)]
    public void Operator_sets_13_to_21_are_read(int version, bool accepted)
    {
        var bytes = OnnxFile.Serialize(OnnxToyModel.Create() with { OpsetVersion = version });
        if (accepted) Assert.Equal(version, OnnxFile.Parse(bytes, "m").OpsetVersion);
        else Assert.Equal($"m: uses operator set {version}; supported are 13 to 21.", OnnxHostile.Attempt(() => OnnxFile.Parse(bytes, "m")));
    }
}
