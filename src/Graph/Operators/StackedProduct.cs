using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary>
/// The kernels of Z_s = A_s·B_s for stacks of matrices [.., M, K] and [.., K, N]: dA_s = dZ_s·B_sᵀ, dB_s = A_sᵀ·dZ_s; and of Z_s = A_s·B_sᵀ for a second
/// stack that lies as [.., N, K]: dA_s = dZ_s·B_s, dB_s = dZ_sᵀ·A_s.
/// </summary>
internal sealed unsafe class StackedProduct(PlannedNode node)
{
    private readonly Slot _a = node.Inputs[0];
    private readonly Slot _b = node.Inputs[1];
    private readonly Slot _z = node.Output;
    private readonly int _m = (int)node.Output.Info.Shape[^2].Size;

    private int K => _a.Columns;

    private int N => _z.Columns;

    public void Forward(PlanBuilder plan)
    {
        var (matrices, name) = (_z.Rows / _m, node.Node.Name);
        if (node.TransposeB) TimesTransposed(plan, name, matrices, new(_a, _m), new(_b, N), new(_z, _m), accumulate: false);
        else Times(plan, name, matrices, new(_a, _m), new(_b, K), new(_z, _m), transposeLeft: false, accumulate: false);
    }

    public void Backward(PlanBuilder plan)
    {
        var (matrices, dz) = (_z.GradientRows / _m, new Stack(_z, _m, IsGradient: true));
        if (_b.NeedsGradient)
        {
            var name = node.Node.Name + ".b_gradient";
            if (node.TransposeB) Times(plan, name, matrices, dz, new(_a, _m), new(_b, N, IsGradient: true), transposeLeft: true, Accumulates(_b));
            else Times(plan, name, matrices, new(_a, _m), dz, new(_b, K, IsGradient: true), transposeLeft: true, Accumulates(_b));
        }

        if (_a.NeedsGradient)
        {
            var name = node.Node.Name + ".a_gradient";
            if (node.TransposeB) Times(plan, name, matrices, dz, new(_b, N), new(_a, _m, IsGradient: true), transposeLeft: false, Accumulates(_a));
            else TimesTransposed(plan, name, matrices, dz, new(_b, K), new(_a, _m, IsGradient: true), Accumulates(_a));
        }
    }

    private static bool Accumulates(Slot target)
    {
        var accumulates = target.HasGradient;
        target.HasGradient = true;
        return accumulates;
    }

    /// <summary>result = op(left)·right.</summary>
    private static void Times(PlanBuilder plan, string name, int matrices, Stack left, Stack right, Stack result, bool transposeLeft, bool accumulate)
    {
        var (m, k, n) = (result.Rows, right.Rows, right.Slot.Columns);
        plan.Emit(name, () =>
        {
            for (var s = 0; s < matrices; s++)
                SmallProducts.Times(left.At(s), m, k, right.At(s), n, left.Slot.Stride, right.Slot.Stride, result.At(s), result.Slot.Stride, accumulate, transposeLeft, plan.Set);
        }, 2L * matrices * m * k * n);
    }

    /// <summary>result = left·rightᵀ: by dot products where these fill a vector, otherwise by columns.</summary>
    private static void TimesTransposed(PlanBuilder plan, string name, int matrices, Stack left, Stack right, Stack result, bool accumulate)
    {
        var (m, n, k) = (left.Rows, right.Rows, left.Slot.Columns);
        if (k >= Layout.Lanes)
        {
            plan.Emit(name, () =>
            {
                for (var s = 0; s < matrices; s++)
                    SmallProducts.TimesTransposed(left.At(s), m, right.At(s), n, k, left.Slot.Stride, right.Slot.Stride, result.At(s), result.Slot.Stride, accumulate, plan.Set);
            }, 2L * matrices * m * k * n);
            return;
        }

        var gemm = new Gemm(m, n, k, false, true, left.Slot.Stride, right.Slot.Stride, result.Slot.Stride, accumulate ? GemmStart.Accumulate : GemmStart.Zero, GemmTail.None, plan.Set);
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
