using Goldilocks.Graph.Compile;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Gemm</c> with alpha = beta = 1: op(A)·op(B) + C, the optional C a row of N values.</summary>
internal sealed class GemmOperator : Operator
{
    public override string OpType => "Gemm";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var (a, b) = (context.Shape(0), context.Shape(1));
        if (a.Count != 2 || b.Count != 2) throw context.Error("operands must be matrices");
        if (context.Attribute("alpha", 1f) != 1 || context.Attribute("beta", 1f) != 1) throw context.Error("only alpha = beta = 1 is supported");
        var (transposeA, transposeB) = (context.Attribute("transA", 0) != 0, context.Attribute("transB", 0) != 0);
        var (m, k) = transposeA ? (a[1], a[0]) : (a[0], a[1]);
        var (k2, n) = transposeB ? (b[1], b[0]) : (b[0], b[1]);
        if (k.IsSymbolic || k2.IsSymbolic || n.IsSymbolic || (transposeA && m.IsSymbolic)) throw context.Error("only the rows of the first operand can be a batch");
        if (k != k2) throw context.Error($"inner dimensions {k} and {k2} differ");
        if (context.InputCount > 2 && (context.Shape(2).Count != 1 || context.Shape(2)[0] != n)) throw context.Error($"the bias must be a row of {n} values");
        return (context.Input(0).Type, [m, n]);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node) => Product.Of(node).Forward(plan);

    public override void Backward(PlanBuilder plan, PlannedNode node) => Product.Of(node).Backward(plan);
}
