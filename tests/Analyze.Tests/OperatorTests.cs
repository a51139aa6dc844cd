using System.Text.RegularExpressions;
using Goldilocks.Core;
using Goldilocks.Graph;
using Goldilocks.Graph.Compile;
using Goldilocks.Graph.Onnx;
using Goldilocks.Native;

namespace Goldilocks.Analyze.Tests;

/// <summary>Every operator of the trainer computes what ONNX Runtime computes, on random operands.</summary>
public sealed partial class OperatorTests
{
    private const int Rows = 45;

    private static readonly Dictionary<string, Case> Cases = new()
    {
        ["Gather"] = new((graph, random) => graph.Apply("Gather", "y", [graph.Initializer("table", Normal(random, 11, 7)), Index(graph, 11)])),
        ["Add"] = Binary("Add", Rows, 19),
        ["Add a row"] = Binary("Add", 0, 19),
        ["Add a scalar"] = Binary("Add", 0, 0),
        ["Sub"] = Binary("Sub", Rows, 19),
        ["Sub a row"] = Binary("Sub", 0, 19),
        ["Mul"] = Binary("Mul", Rows, 19),
        ["Mul by a row"] = Binary("Mul", 0, 19),
        ["Neg"] = Unary("Neg"),
        ["Tanh"] = Unary("Tanh"),
        ["Relu"] = Unary("Relu"),
        ["Softmax"] = Unary("Softmax"),
        ["LogSoftmax"] = Unary("LogSoftmax"),
        ["MatMul"] = new((graph, random) => graph.Apply("MatMul", "y", [Batch(graph, 23), graph.Initializer("b", Normal(random, 23, 19))])),
        ["MatMul of stacks"] = new((graph, random) => graph.Apply("MatMul", "y",
            [graph.Input("x", ElementType.Float32, [Dimension.Batch, 3, 5]), graph.Input("other", ElementType.Float32, [Dimension.Batch, 5, 19])])),
        ["Gemm"] = Product(false, false, false),
        ["Gemm with bias"] = Product(false, false, true),
        ["Gemm transA"] = Product(true, false, true),
        ["Gemm transB"] = Product(false, true, true),
        ["Gemm transA transB"] = Product(true, true, false),
        ["Gemm transA transB with bias"] = Product(true, true, true),
        ["Gemm of a model's size"] = new((graph, random) => graph.Linear("y", Batch(graph, 200), graph.Initializer("w", Normal(random, 200, 200)), graph.Initializer("c", Normal(random, 200)))),
        ["Gemm of one column, then Tanh"] = new((graph, random) =>
            graph.Apply("Tanh", "y", [graph.Linear("z", Batch(graph, 1), graph.Initializer("w", Normal(random, 200, 1)), graph.Initializer("c", Normal(random, 200)))])),
        ["Gemm then Relu"] = new((graph, random) =>
            graph.Apply("Relu", "y", [graph.Linear("z", Batch(graph, 33), graph.Initializer("w", Normal(random, 21, 33)), graph.Initializer("c", Normal(random, 21)))])),
        ["ReduceSum of rows"] = Reduce("ReduceSum", lastAxis: true),
        ["ReduceMean of rows"] = Reduce("ReduceMean", lastAxis: true),
        ["ReduceSum of everything"] = Reduce("ReduceSum", lastAxis: false),
        ["ReduceMean of everything"] = Reduce("ReduceMean", lastAxis: false),
        ["Reshape"] = new((graph, _) => graph.Apply("Reshape", "y", [Batch(graph, 18), graph.Initializer("shape", Tensor.Of([-1L, 3, 6], 3))])),
        ["Gelu"] = Unary("Gelu"),
        ["Gelu by tanh"] = new((graph, _) => graph.Apply("Gelu", "y", [Batch(graph, 19)], new Dictionary<string, AttributeValue> { ["approximate"] = "tanh" })),
        ["LayerNormalization"] = new((graph, random) => graph.Apply("LayerNormalization", "y", [Batch(graph, 19), graph.Initializer("scale", Normal(random, 19)), graph.Initializer("bias", Normal(random, 19))])),
        ["Transpose of heads"] = new((graph, _) => Transpose(graph, "y", graph.Input("x", ElementType.Float32, [Dimension.Batch, 3, 2, 5]), 0, 2, 1, 3)),
        ["Transpose of the last axes"] = new((graph, _) => Transpose(graph, "y", graph.Input("x", ElementType.Float32, [Dimension.Batch, 3, 5]), 0, 2, 1)),
        ["MatMul by a transposed weight, then a row"] = new((graph, random) => graph.Apply("Add", "y",
            [graph.Apply("MatMul", "p", [graph.Input("x", ElementType.Float32, [Dimension.Batch, 3, 23]), Transpose(graph, "wt", graph.Initializer("w", Normal(random, 19, 23)), 1, 0)]), graph.Initializer("c", Normal(random, 19))])),
        ["MatMul of queries by keys"] = new((graph, _) => graph.Apply("MatMul", "y",
            [graph.Input("x", ElementType.Float32, [Dimension.Batch, 3, 37]), Transpose(graph, "kt", graph.Input("other", ElementType.Float32, [Dimension.Batch, 2, 37]), 0, 2, 1)])),
        ["Concat"] = new((graph, _) => graph.Apply("Concat", "y", [Batch(graph, 5), graph.Input("other", ElementType.Float32, [Dimension.Batch, 18])], new Dictionary<string, AttributeValue> { ["axis"] = 1L })),
        ["Split"] = new((graph, _) =>
        {
            graph.Apply("Split", ["first", "y", "last"], [Batch(graph, 15)], new Dictionary<string, AttributeValue> { ["axis"] = -1L, ["num_outputs"] = 3L });
            return "y";
        }),
        ["Dropout of nothing"] = new((graph, _) => graph.Apply("Dropout", "y", [Batch(graph, 19), graph.Initializer("ratio", Tensor.Of([0f])), graph.Initializer("training", new Tensor(ElementType.Bool, [], new byte[] { 1 }))])),
        ["Add a matrix"] = new((graph, random) => graph.Apply("Add", "y", [graph.Input("x", ElementType.Float32, [Dimension.Batch, 3, 5]), graph.Initializer("other", Normal(random, 3, 5))])),
        ["Mul of indices"] = new((graph, _) => graph.Apply("Gather", "y", [graph.Initializer("table", Normal(new Random(3), 11, 7)), graph.Apply("Mul", "i", [Index(graph, 11), graph.Initializer("zero", Tensor.Of([0L], 1))])])),
        ["Reshape and back"] = new((graph, _) => graph.Apply(
            "Reshape", "y", [graph.Apply("Reshape", "z", [Batch(graph, 18), graph.Initializer("in", Tensor.Of([0L, 2, 9], 3))]), graph.Initializer("out", Tensor.Of([0L, -1], 2))])),
    };

    public static TheoryData<string> CaseNames => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Agrees_with_ONNX_Runtime(string name)
    {
        for (var seed = 0; seed < 3; seed++)
        {
            var random = new Random(seed);
            var builder = new GraphBuilder("case");
            builder.Output(Cases[name].Build(builder, random));
            var graph = builder.Build();
            using var model = CompiledModel.Compile(graph, new CompileOptions { ForwardRows = Rows, GradientRows = Rows, Outputs = ["y"] });
            var inputs = new Dictionary<string, OrtTensor>();
            foreach (var input in graph.Inputs)
            {
                long[] shape = [.. input.Shape.Select(dimension => dimension.IsSymbolic ? Rows : dimension.Size)];
                if (input.Type == ElementType.Int64)
                {
                    var indices = model.Indices(input.Name);
                    for (var i = 0; i < indices.Length; i++) indices[i] = random.Next(11);
                    inputs[input.Name] = OrtTensor.Of([.. indices.ToArray().Select(index => (long)index)], shape);
                }
                else
                {
                    var values = Normal(random, shape);
                    model.Write(input.Name, values);
                    inputs[input.Name] = OrtTensor.Of(values.AsFloats().ToArray(), shape);
                }
            }

            model.Forward();
            using var session = OrtSession.Create(OnnxFile.Serialize(graph));
            var expected = session.Run(inputs)["y"];
            var actual = model.Read("y");
            Assert.Equal(expected.Shape, actual.Shape);
            Assert.InRange(Agreement.Difference(actual.AsFloats(), expected.Floats), 0, 1e-6);
        }
    }

    [Fact]
    public void No_operator_is_forgotten()
    {
        var graph = new GraphBuilder("case");
        graph.Apply("Unheard-of-operator", "y", [Batch(graph, 1)]);
        var known = KnownOperators().Match(Assert.Throws<GoldilocksException>(() => graph.Build()).Message).Groups[1].Value.Split(", ");
        Assert.Equal(known.Order(), Cases.Keys.Select(name => name.Split(' ')[0]).Distinct().Order());
    }

    [GeneratedRegex(@"Known: (.+)\.$")]
    private static partial Regex KnownOperators();

    private static string Transpose(GraphBuilder graph, string output, string input, params long[] axes) =>
        graph.Apply("Transpose", output, [input], new Dictionary<string, AttributeValue> { ["perm"] = axes });

    private static Case Unary(string operation) => new((graph, _) => graph.Apply(operation, "y", [Batch(graph, 19)]));

    /// <param name="operation">Add, Sub or Mul.</param>
    /// <param name="rows">Of the second operand; 0 for a row.</param>
    /// <param name="columns">Of the second operand; 0 for a scalar.</param>
    private static Case Binary(string operation, int rows, int columns) => new((graph, random) => graph.Apply(operation, "y",
    [
        Batch(graph, 19),
        rows > 0 ? graph.Input("other", ElementType.Float32, [Dimension.Batch, columns]) : graph.Initializer("other", columns > 0 ? Normal(random, columns) : Normal(random)),
    ]));

    private static Case Product(bool transposeA, bool transposeB, bool bias) => new((graph, random) =>
    {
        var a = transposeA ? graph.Input("x", ElementType.Float32, [23, 13]) : Batch(graph, 23);
        var b = graph.Initializer("b", transposeB ? Normal(random, 19, 23) : Normal(random, 23, 19));
        string[] inputs = bias ? [a, b, graph.Initializer("c", Normal(random, 19))] : [a, b];
        return graph.Apply("Gemm", "y", inputs, new Dictionary<string, AttributeValue> { ["transA"] = transposeA ? 1L : 0L, ["transB"] = transposeB ? 1L : 0L });
    });

    private static Case Reduce(string operation, bool lastAxis) => new((graph, _) =>
        graph.Apply(operation, "y", lastAxis ? [Batch(graph, 19), graph.Initializer("axes", Tensor.Of([1L], 1))] : [Batch(graph, 19)]));

    private static string Batch(GraphBuilder graph, int columns) => graph.Input("x", ElementType.Float32, [Dimension.Batch, columns]);

    private static string Index(GraphBuilder graph, int symbols) => graph.Input("x", ElementType.Int64, [Dimension.Batch], $"0..{symbols - 1}");

    private static Tensor Normal(Random random, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        foreach (ref var value in values.AsSpan()) value = (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
        return Tensor.Of(values, shape);
    }

    /// <summary>Adds a value "y" and what it is computed from to a graph.</summary>
    private sealed record Case(Func<GraphBuilder, Random, string> Build);
}
