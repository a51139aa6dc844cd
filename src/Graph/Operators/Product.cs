using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary>The kernels of Z = op(A)·op(B) + c, shared by <c>MatMul</c> and <c>Gemm</c>: dA = dZ·op(B)ᵀ, dB = op(A)ᵀ·dZ, dc = Σ rows of dZ.</summary>
/// <remarks>A <c>Gemm</c> starts its sums from c, as PyTorch's linear layers do; an <c>Add</c> behind a <c>MatMul</c> rounds the product first.</remarks>
internal sealed unsafe class Product(PlannedNode node, bool transposeA, bool transposeB)
{
    private readonly Slot _a = node.Inputs[0];
    private readonly Slot _b = node.Inputs[1];
    private readonly Slot? _bias = node.AddedRow ?? (node.Inputs.Count > 2 ? node.Inputs[2] : null);
    private readonly Slot _z = node.Output;

    /// <summary>Whether B lies in memory as [N, K].</summary>
    private readonly bool _storedTransposed = transposeB != node.Inputs[1].IsTransposed;

    private int K => transposeA ? _a.Rows : _a.Columns;

    /// <summary>Whether the node is a product by a matrix.</summary>
    public static bool IsProduct(PlannedNode node) => node.Node.OpType == "Gemm" || MatMulOperator.IsByMatrix(node);

    /// <summary>Whether the right operand [N, K] enters transposed.</summary>
    public static bool ReadsTransposed(PlannedNode node) => node.TransposeB || (node.Node.OpType == "Gemm" && node.Context.Attribute("transB", 0) != 0);

    public static Product Of(PlannedNode node) => new(node, node.Node.OpType == "Gemm" && node.Context.Attribute("transA", 0) != 0, ReadsTransposed(node));

    public void Forward(PlanBuilder plan) => Forward(plan, _z, GemmTail.None);

    /// <summary>As <see cref="Forward(PlanBuilder)"/>, with an activation applied on the way to <paramref name="destination"/>.</summary>
    public void Forward(PlanBuilder plan, Slot destination, GemmTail tail)
    {
        var added = node.AddedRow;
        var gemm = new Gemm(_z.Rows, _z.Columns, K, transposeA, _storedTransposed, _a.Stride, _b.Stride, destination.Stride,
            _bias is null || added is not null ? GemmStart.Zero : GemmStart.Bias, added is null ? tail : GemmTail.None, plan.Set);
        plan.NeedScratch(gemm.ScratchFloats);
        plan.Emit(node.Node.Name, () =>
        {
            gemm.Run(_a.Data, _b.Data, destination.Data, _bias is null ? null : _bias.Data, plan.Scratch);
            if (added is not null) Elementwise.AddRow(destination.Data, added.Data, destination.Rows, destination.Stride, tail, plan.Set);
        }, gemm.Flops);
    }

    public void Backward(PlanBuilder plan)
    {
        if (_bias is { NeedsGradient: true })
        {
            plan.EmitGradient(_bias, node.Node.Name + ".bias_gradient", destination =>
                Reductions.SumRows(_z.Gradient, _z.GradientRows, _z.Stride, _z.Stride, destination, accumulate: false, plan.Set));
        }

        // dB as it lies: [K, N] = op(A)ᵀ·dZ, or [N, K] = dZᵀ·op(A).
        Emit(plan, _b, "b_gradient", _storedTransposed
            ? new Operands(_z, true, _a, transposeA, _z.Columns, K, _z.GradientRows)
            : new Operands(_a, !transposeA, _z, false, K, _z.Columns, _z.GradientRows));

        // dA as it lies: [M, K] = dZ·op(B)ᵀ, or [K, M] = op(B)·dZᵀ.
        Emit(plan, _a, "a_gradient", transposeA
            ? new Operands(_b, _storedTransposed, _z, true, K, _z.GradientRows, _z.Columns)
            : new Operands(_z, false, _b, !_storedTransposed, _z.GradientRows, K, _z.Columns));
    }

    private void Emit(PlanBuilder plan, Slot target, string part, Operands o)
    {
        if (!target.NeedsGradient) return;
        var start = target.HasGradient ? GemmStart.Accumulate : GemmStart.Zero;
        target.HasGradient = true;
        var gemm = new Gemm(o.M, o.N, o.K, o.TransposeLeft, o.TransposeRight, o.Left.Stride, o.Right.Stride, target.Stride, start, GemmTail.None, plan.Set);
        plan.NeedScratch(gemm.ScratchFloats);
        plan.Emit($"{node.Node.Name}.{part}", () => gemm.Run(Source(o.Left), Source(o.Right), target.Gradient, null, plan.Scratch), gemm.Flops);
    }

    /// <summary>dZ is a gradient; A and B are values.</summary>
    private float* Source(Slot slot) => slot == _z ? slot.Gradient : slot.Data;

    private sealed record Operands(Slot Left, bool TransposeLeft, Slot Right, bool TransposeRight, int M, int N, int K);
}
