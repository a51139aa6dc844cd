using Goldilocks.Graph.Compile;

namespace Goldilocks.Graph.Operators;

/// <summary><c>MatMul</c> of matrices: [M, K]·[K, N], leading dimensions of the first operand counting as rows.</summary>
internal sealed class MatMulOperator : Operator
{
    public override string OpType => "MatMul";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var (a, b) = (context.Shape(0), context.Shape(1));
        if (a.Count < 2 || b.Count != 2 || b.Any(dimension => dimension.IsSymbolic)) throw context.Error("the second operand must be a matrix of fixed size, the first at least a matrix");
        if (a[^1] != b[0]) throw context.Error($"inner dimensions {a[^1]} and {b[0]} differ");
        return (context.Input(0).Type, [.. a.SkipLast(1), b[1]]);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node) => new Product(node, transposeA: false, transposeB: false).Forward(plan);

    public override void Backward(PlanBuilder plan, PlannedNode node) => new Product(node, transposeA: false, transposeB: false).Backward(plan);
}
