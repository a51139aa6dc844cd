namespace Goldilocks.Graph.Tests.Compile;

/// <summary>Graphs that cannot be: one line that names the node and says what does not fit.</summary>
public sealed class ShapeInferenceTests
{
    private static readonly Dictionary<string, AttributeValue> None = [];

    [Theory]
    [InlineData("Tahn", "Did you mean \"Tanh\"?", "x")]
    [InlineData("Conv", "does not support", "x", "w")]
    [InlineData("Tanh", "is missing")]
    [InlineData("Tanh", "\"nowhere\" is not computed before it", "nowhere")]
    [InlineData("Gemm", "inner dimensions 5 and 4 differ", "x", "w")]
    [InlineData("Gemm", "operands must be matrices", "x", "row")]
    [InlineData("Gemm", "row of 6 values", "x4", "w", "row")]
    [InlineData("Gemm", "only the rows of the first operand can be a batch", "v", "x", null, "transB=1")]
    [InlineData("Gemm", "only the rows of the first operand can be a batch", "x", "x", null, "transA=1")]
    [InlineData("MatMul", "inner dimensions 5 and 4 differ", "x", "w")]
    [InlineData("MatMul", "matrix of fixed size", "v", "x")]
    [InlineData("Add", "[B,5] and [4] do not fit", "x", "row")]
    [InlineData("Mul", "[B,5] and [4,6] do not fit", "x", "w")]
    [InlineData("Gather", "only rows of a matrix", "w", "index", null, "axis=1")]
    [InlineData("Gather", "indices must be an INT64 vector", "w", "x")]
    [InlineData("Softmax", "only the last axis", "x", null, null, "axis=0")]
    [InlineData("Softmax", "axis 2 is outside [-2, 1]", "x", null, null, "axis=2")]
    [InlineData("ReduceSum", "only the last axis or all axes", "x", "zero")]
    [InlineData("ReduceMean", "must keep it", "x", "one", null, "keepdims=0")]
    [InlineData("ReduceMean", "axis 7 is outside", "x", "seven")]
    [InlineData("ReduceMean", "must be a constant", "x", "index")]
    [InlineData("Reshape", "[B,5] cannot become [0,7]", "x", "to07")]
    [InlineData("Reshape", "the batch dimension must stay first", "x", "to5")]
    [InlineData("Reshape", "the shape is missing", "x")]
    public void A_misfit_is_one_line_that_names_the_node(string op, string part, string? first = null, string? second = null, string? third = null, string? attribute = null)
    {
        var graph = new GraphBuilder("misfit");
        graph.Input("x", ElementType.Float32, [Dimension.Batch, 5]);
        graph.Input("x4", ElementType.Float32, [Dimension.Batch, 4]);
        graph.Input("index", ElementType.Int64, [Dimension.Batch]);
        graph.Initializer("w", Tensor.Of(new float[24], 4, 6));
        graph.Initializer("v", Tensor.Of(new float[15], 3, 5));
        graph.Initializer("row", Tensor.Of(new float[4], 4));
        graph.Initializer("zero", Tensor.Of([0L], 1));
        graph.Initializer("one", Tensor.Of([1L], 1));
        graph.Initializer("seven", Tensor.Of([7L], 1));
        graph.Initializer("to07", Tensor.Of([0L, 7L], 2));
        graph.Initializer("to5", Tensor.Of([5L, -1L], 2));
        var attributes = attribute is null ? None : new() { [attribute.Split('=')[0]] = long.Parse(attribute.Split('=')[1], System.Globalization.CultureInfo.InvariantCulture) };
        graph.Apply(op, "culprit", [.. new[] { first, second, third }.OfType<string>()], attributes);
        CompiledModelTests.AssertOneLine(part, () => graph.Build());
        CompiledModelTests.AssertOneLine("\"culprit\"", () => graph.Build());
    }

    [Fact]
    public void Gemm_takes_no_factors()
    {
        var graph = new GraphBuilder("scaled");
        graph.Input("x", ElementType.Float32, [Dimension.Batch, 4]);
        graph.Initializer("w", Tensor.Of(new float[24], 4, 6));
        graph.Apply("Gemm", "culprit", ["x", "w"], new Dictionary<string, AttributeValue> { ["alpha"] = 0.5f });
        CompiledModelTests.AssertOneLine("alpha = beta = 1", () => graph.Build());
    }

    [Fact]
    public void Types_and_shapes_of_a_whole_model_are_known()
    {
        var values = ShapeInference.Run(ToyModels.Create(regression: true));
        Assert.Equal([Dimension.Batch, ToyModels.D], values["e"].Shape);
        Assert.Equal([Dimension.Batch, ToyModels.O], values["y"].Shape);
        Assert.Equal([Dimension.Batch, 1], values["sample_loss"].Shape);
        Assert.All(values["loss"].Shape, dimension => Assert.Equal(1, dimension.Size));
        Assert.All(["e", "y", "loss"], name => Assert.Equal(ElementType.Float32, values[name].Type));
    }
}
