using Goldilocks.Core;
using Goldilocks.Graph.Compile;

namespace Goldilocks.Graph.Operators;

/// <summary>
/// One ONNX operator (opset 20): shape inference, its forward kernels and its gradient. An operator is one file; <see cref="All"/> lists them.
/// </summary>
internal abstract class Operator
{
    private static readonly Dictionary<string, Operator> All = new Operator[]
    {
        new GatherOperator(),
        new BinaryOperator(BinaryFunction.Add),
        new BinaryOperator(BinaryFunction.Sub),
        new BinaryOperator(BinaryFunction.Mul),
        new NegOperator(),
        new MatMulOperator(),
        new GemmOperator(),
        new ActivationOperator(Numerics.GemmTail.Tanh),
        new ActivationOperator(Numerics.GemmTail.Relu),
        new ReduceOperator(mean: false),
        new ReduceOperator(mean: true),
        new ReshapeOperator(),
        new TransposeOperator(),
        new ConcatOperator(),
        new SplitOperator(),
        new LayerNormalizationOperator(),
        new GeluOperator(),
        new DropoutOperator(),
        new SoftmaxOperator(logarithm: false),
        new SoftmaxOperator(logarithm: true),
    }.ToDictionary(op => op.OpType);

    /// <summary>ONNX operator name.</summary>
    public abstract string OpType { get; }

    /// <summary>The operators that can be trained, by ONNX name.</summary>
    public static IEnumerable<string> Names => All.Keys;

    /// <exception cref="GoldilocksException">The operator is not supported.</exception>
    public static Operator Find(Node node) => All.TryGetValue(node.OpType, out var op)
        ? op
        : throw new GoldilocksException($"node \"{node.Name}\" uses operator {node.OpType}, which this trainer does not support. {Suggest.Hint(node.OpType, Names)}");

    /// <summary>Type and shape of the output.</summary>
    public abstract (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context);

    /// <summary>Type and shape of every output, for operators with more than one.</summary>
    public virtual IReadOnlyList<(ElementType Type, IReadOnlyList<Dimension> Shape)> InferAll(InferenceContext context) => [Infer(context)];

    /// <summary>Appends the kernels that compute the output.</summary>
    public abstract void Forward(PlanBuilder plan, PlannedNode node);

    /// <summary>Appends the kernels that add to the inputs' gradients, given the output's.</summary>
    public abstract void Backward(PlanBuilder plan, PlannedNode node);
}
