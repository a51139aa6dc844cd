using System.Diagnostics;
using System.Text;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Onnx;

namespace Goldilocks.Analyze.Tests;

/// <summary>Files of strangers through the command: each is one line, exit code 2, and neither time nor memory is lost.</summary>
public sealed class ForeignHostileTests : IDisposable
{
    private const int GraphField = 7, NodeField = 1, InitializerField = 5, SparseInitializerField = 15, FunctionField = 25;

    private static readonly byte[] Good = OnnxFile.Serialize(ForeignModel.Tokens(2));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Cut_off_at_every_byte()
    {
        for (var length = 0; length < Good.Length; length++) File.WriteAllBytes(_folder.File($"m{length}.onnx"), Good[..length]);
        var (exitCode, _, errors) = await CommandLine.Run(_folder.Path, "--task", "add 10");
        Assert.Equal((ExitCodes.Usage, Good.Length), (exitCode, errors.Length));
    }

    [Fact]
    public async Task Each_trick_is_one_line()
    {
        const long Huge = 1L << 40;
        var graph = ForeignModel.Tokens(2);
        var tensor = new Dictionary<string, byte[]>
        {
            ["external"] = [0x08, 1, 0x10, 1, .. Text(8, "w"), .. Field(13, [.. Text(1, "location"), .. Text(2, "/etc/passwd")]), 0x70, 1],
            ["huge-initializer"] = [0x08, .. Varint(Huge), 0x10, 1, .. Text(8, "w")],
            ["overflowing-initializer"] = [0x08, .. Varint(Huge), 0x08, .. Varint(Huge), 0x10, 1, .. Text(8, "w")],
            ["negative-initializer"] = [0x08, .. Varint(-1), 0x10, 1, .. Text(8, "w")],
        };
        foreach (var (name, bytes) in tensor) Put(name, [.. Good, .. Field(GraphField, Field(InitializerField, bytes))]);
        Put("sparse", [.. Good, .. Field(GraphField, Field(SparseInitializerField, []))]);
        Put("recursive-function", [.. Good, .. Field(FunctionField, [.. Text(1, "F"), .. Field(7, Text(4, "F"))])]);
        Put("foreign-domain", [.. Good, .. Field(GraphField, Field(NodeField, [.. Text(4, "FusedMatMul"), .. Text(7, "com.microsoft")]))]);
        Put("subgraph", [.. Good, .. Field(GraphField, Field(NodeField, [.. Text(4, "If"), .. Field(5, [.. Text(1, "then"), 0xA0, 1, 5, .. Field(6, [])])]))]);
        Put("nested", Enumerable.Range(0, 400).Aggregate(Array.Empty<byte>(), (inner, _) => Field(GraphField, Field(NodeField, Field(5, Field(6, Field(1, Field(5, Field(6, inner)))))))));
        Write("huge-output", graph with { Outputs = [new("logits", ElementType.Float32, [Dimension.Batch, Huge])] });
        Write("huge-input", graph with { Inputs = [graph.Inputs[0] with { Shape = [Dimension.Batch, Huge] }] });
        Write("huge-constant", Constants(graph, "ConstantOfShape", "shape"));
        Write("huge-expansion", Constants(graph, "Expand", "zero", "shape"));
        Write("unknown-operator", Renamed(graph, "Addd"));
        Write("operator-for-terminals", Renamed(graph, "\e[31mAdd"));
        Write("wrong-shapes", graph with { Initializers = [.. graph.Initializers.Select(entry => entry.Key == "decoder.0.weight" ? new(entry.Key, Tensor.Of(new float[22], 2, 11)) : entry)] });
        Write("wrong-output", graph with { Outputs = [new("logits", ElementType.Float32, [Dimension.Batch, 18])] });

        var (clock, before) = (Stopwatch.StartNew(), GC.GetTotalAllocatedBytes());
        var (exitCode, output, errors) = await CommandLine.Run(_folder.Path, "--task", "add 10", "--jobs", "1");
        Assert.Equal(ExitCodes.Usage, exitCode);
        Assert.Equal(Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal), errors.Select(line => Path.GetFileName(line["error: ".Length..].Split(": ")[0])));
        Assert.All(errors, line => Assert.DoesNotContain(line, char.IsControl));
        Assert.StartsWith("0 models", Assert.Single(output), StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed.TotalSeconds, 0, 60);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 64 << 20);

        var inspected = await CommandLine.Run(_folder.Path, "--task", "add 10", "--inspect");
        Assert.Equal((ExitCodes.Usage, errors.Length), (inspected.ExitCode, inspected.Errors.Length));
        Assert.All(inspected.Output, line => Assert.DoesNotContain(line, char.IsControl));
    }

    private static ModelGraph Renamed(ModelGraph graph, string operation) =>
        graph with { Nodes = [.. graph.Nodes.Select(node => node.OpType == "Add" ? node with { OpType = operation } : node)] };

    private static ModelGraph Constants(ModelGraph graph, string operation, params string[] inputs) => graph with
    {
        Initializers = [.. graph.Initializers, new("shape", Tensor.Of([1L << 20, 1L << 20], 2))],
        Nodes = [.. graph.Nodes, new Node(operation, "huge", inputs, ["h"], new Dictionary<string, AttributeValue>())],
    };

    private void Write(string name, ModelGraph graph) => OnnxFile.Write(_folder.File($"{name}.onnx"), graph);

    private void Put(string name, byte[] bytes) => File.WriteAllBytes(_folder.File($"{name}.onnx"), bytes);

    private static byte[] Text(int number, string text) => Field(number, Encoding.UTF8.GetBytes(text));

    private static byte[] Field(int number, byte[] content) => [.. Varint(number << 3 | 2), .. Varint(content.Length), .. content];

    private static byte[] Varint(long value)
    {
        var bytes = new List<byte>();
        for (var rest = (ulong)value; ; rest >>= 7)
        {
            if (rest < 0x80) return [.. bytes, (byte)rest];
            bytes.Add((byte)(rest | 0x80));
        }
    }
}
