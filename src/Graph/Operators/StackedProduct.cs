using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary>The kernels of Z_s = A_s·B_s for stacks of matrices [.., M, K] and [.., K, N]: dA_s = dZ_s·B_sᵀ, dB_s = A_sᵀ·dZ_s.</summary>
internal sealed unsafe class StackedProduct(PlannedNode node)
{
    private readonly Slot _a = node.Inputs[0];
    private readonly Slot _b = node.Inputs[1];
    private readonly Slot _z = node.Output;
    private readonly int _m = (int)node.Output.Info.Shape[^2].Size;

    private int K => _a.Columns;

    public void Forward(PlanBuilder plan)
    {
        var gemm = new Gemm(_m, _z.Columns, K, false, false, _a.Stride, _b.Stride, _z.Stride, set: plan.Set);
        Emit(plan, node.Node.Name, gemm, _z.Rows / _m, new Stack(_a, _m), new Stack(_b, K), new Stack(_z, _m));
    }

    public void Backward(PlanBuilder plan)
    {
        var (matrices, dz) = (_z.GradientRows / _m, new Stack(_z, _m, IsGradient: true));
        if (_b.NeedsGradient)
        {
            var gemm = new Gemm(K, _z.Columns, _m, true, false, _a.Stride, _z.Stride, _b.Stride, Start(_b), GemmTail.None, plan.Set);
            Emit(plan, node.Node.Name + ".b_gradient", gemm, matrices, new Stack(_a, _m), dz, new Stack(_b, K, IsGradient: true));
        }

        if (_a.NeedsGradient)
        {
            var gemm = new Gemm(_m, K, _z.Columns, false, true, _z.Stride, _b.Stride, _a.Stride, Start(_a), GemmTail.None, plan.Set);
            Emit(plan, node.Node.Name + ".a_gradient", gemm, matrices, dz, new Stack(_b, K), new Stack(_a, _m, IsGradient: true));
        }
    }

    private static GemmStart Start(Slot target)
    {
        var start = target.HasGradient ? GemmStart.Accumulate : GemmStart.Zero;
        target.HasGradient = true;
        return start;
    }

    private static void Emit(PlanBuilder plan, string name, Gemm gemm, int matrices, Stack left, Stack right, Stack result)
    {
        plan.NeedScratch(gemm.ScratchFloats);
        plan.Emit(name, () =>
        {
            for (var s = 0; s < matrices; s++) gemm.Run(left.At(s), right.At(s), result.At(s), null, plan.Scratch);
        }, matrices * gemm.Flops);
    }

    /// <summary>A value or its gradient as matrices of so many rows.</summary>
    private sealed record Stack(Slot Slot, int Rows, bool IsGradient = false)
    {
        public float* At(int s) => (IsGradient ? Slot.Gradient : Slot.Data) + ((long)s * Rows * Slot.Stride);
    }
}
