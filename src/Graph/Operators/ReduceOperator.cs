using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary>
/// <c>ReduceSum</c> and <c>ReduceMean</c>, over the last axis or over everything. Over everything, a batch counts with the rows that are
/// trained on: rows that ride along for evaluation never enter the loss.
/// </summary>
internal sealed unsafe class ReduceOperator(bool mean) : Operator
{
    public override string OpType => mean ? "ReduceMean" : "ReduceSum";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var shape = context.Shape(0);
        var keep = context.Attribute("keepdims", 1) != 0;
        if (IsTotal(context)) return (context.Input(0).Type, keep ? [.. shape.Select(_ => (Dimension)1)] : []);
        if (!keep) throw context.Error("a reduction of the last axis must keep it (keepdims = 1)");
        return (context.Input(0).Type, [.. shape.SkipLast(1), 1]);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        if (IsTotal(node.Context))
        {
            plan.Emit(node.Node.Name, () => y.Data[0] = Reductions.Sum(x.Data, x.GradientSize, plan.Set) * Factor(x, total: true));
            return;
        }

        plan.Emit(node.Node.Name, () =>
        {
            for (var r = 0; r < x.Rows; r++)
                y.Data[(long)r * y.Stride] = Reductions.Sum(x.Data + ((long)r * x.Stride), x.Stride, plan.Set) * Factor(x, total: false);
        });
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        var total = IsTotal(node.Context);
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination =>
        {
            for (var r = 0; r < x.GradientRows; r++)
            {
                var value = y.Gradient[total ? 0 : (long)r * y.Stride] * Factor(x, total);
                new Span<float>(destination + ((long)r * x.Stride), x.Columns).Fill(value);
                PlanBuilder.ClearPadding(x, destination + ((long)r * x.Stride));
            }
        });
    }

    private float Factor(Slot x, bool total) => mean ? 1f / ((total ? x.GradientRows : 1) * x.Columns) : 1;

    /// <summary>Axes are absent, or name every axis; otherwise they must name the last one.</summary>
    private static bool IsTotal(InferenceContext context)
    {
        var rank = context.Shape(0).Count;
        var axes = context.Constant(1)?.Select(axis => context.Axis(axis, rank)).Distinct().ToArray() ?? [];
        if (axes.Length == 0 || axes.Length == rank) return true;
        return axes.Length == 1 && axes[0] == rank - 1 ? false : throw context.Error("only the last axis or all axes can be reduced");
    }
}
