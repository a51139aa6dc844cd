using Goldilocks.Graph.Compile;

namespace Goldilocks.Graph.Operators;

/// <summary>
/// <c>MatMul</c> by a matrix, [.., M, K]·[K, N], leading dimensions of the first operand counting as rows; or of two equal stacks of matrices,
/// [.., M, K]·[.., K, N].
/// </summary>
internal sealed class MatMulOperator : Operator
{
    public override string OpType => "MatMul";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var (a, b) = (context.Shape(0), context.Shape(1));
        var stacks = b.Count > 2;
        if (a.Count < 2 || b.Count < 2 || (stacks && !a.SkipLast(2).SequenceEqual(b.SkipLast(2))) || a[^1].IsSymbolic || b.TakeLast(2).Any(dimension => dimension.IsSymbolic))
            throw context.Error($"[{string.Join(",", a)}]·[{string.Join(",", b)}] is neither a product by a matrix of fixed size nor one of two equal stacks of matrices");
        if (a[^1] != b[^2]) throw context.Error($"inner dimensions {a[^1]} and {b[^2]} differ");
        if (stacks && a[^2].IsSymbolic) throw context.Error("only the first dimension can be a batch");
        return (context.Input(0).Type, [.. a.SkipLast(1), b[^1]]);
    }

    /// <summary>Whether the node is a product by a matrix, and not one of two stacks.</summary>
    public static bool IsByMatrix(PlannedNode node) => node.Node.OpType == "MatMul" && node.Inputs[1].Info.Shape.Count == 2;

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        if (IsByMatrix(node)) Product.Of(node).Forward(plan);
        else new StackedProduct(node).Forward(plan);
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        if (IsByMatrix(node)) Product.Of(node).Backward(plan);
        else new StackedProduct(node).Backward(plan);
    }
}
