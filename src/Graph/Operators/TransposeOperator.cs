using Goldilocks.Graph.Compile;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Transpose</c> of any axes but the batch: leaving the last axis alone, or exchanging the last two.</summary>
/// <remarks>In front of the right operand of a <c>MatMul</c> the exchange is not carried out: the product reads the operand as it lies.</remarks>
internal sealed unsafe class TransposeOperator : Operator
{
    public override string OpType => "Transpose";

    /// <summary>Whether the node exchanges the last two axes and leaves the others alone.</summary>
    public static bool ExchangesLastAxes(PlannedNode node) => node.Node.OpType == "Transpose" && IsExchange(Axes(node.Context));

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var (shape, axes) = (context.Shape(0), Axes(context));
        if (shape.Count > 0 && shape[0].IsSymbolic && axes[0] != 0) throw context.Error("the batch must stay first");
        if (!IsExchange(axes) && axes[^1] != axes.Length - 1) throw context.Error("only the last two axes can be exchanged, or axes before the last one permuted");
        return (context.Input(0).Type, [.. axes.Select(axis => shape[axis])]);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y, axes) = (node.Inputs[0], node.Output, Axes(node.Context));
        var dimensions = Leading(x, x.Rows);
        plan.Emit(node.Node.Name, () => Move(x, x.Data, y, y.Data, x.Rows, dimensions, axes));
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y, axes) = (node.Inputs[0], node.Output, Axes(node.Context));
        var inverse = Enumerable.Range(0, axes.Length).Select(axis => Array.IndexOf(axes, axis)).ToArray();
        var dimensions = Leading(y, y.GradientRows);
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination => Move(y, y.Gradient, x, destination, y.GradientRows, dimensions, inverse));
    }

    private static void Move(Slot from, float* source, Slot to, float* destination, int rows, int[] leading, int[] axes)
    {
        if (axes[^1] == axes.Length - 1)
        {
            Goldilocks.Numerics.Permutation.Rows(source, leading, axes.AsSpan(0, axes.Length - 1), from.Stride, destination);
            return;
        }

        for (int first = 0, matrix = 0; first < rows; first += to.Columns, matrix++)
        {
            var target = destination + ((long)matrix * from.Columns * to.Stride);
            Goldilocks.Numerics.Transpose.Run(source + ((long)first * from.Stride), to.Columns, from.Columns, from.Stride, target, to.Stride);
            for (var r = 0; r < from.Columns; r++) PlanBuilder.ClearPadding(to, target + ((long)r * to.Stride));
        }
    }

    /// <summary>Sizes of all axes but the last.</summary>
    private static int[] Leading(Slot slot, int rows)
    {
        int[] sizes = [.. slot.Info.Shape.SkipLast(1).Select(dimension => (int)dimension.Size)];
        if (slot.IsBatch) sizes[0] = rows / sizes.Skip(1).Aggregate(1, (product, size) => product * size);
        return sizes;
    }

    private static bool IsExchange(int[] axes) => axes.Length > 1 && axes[^1] == axes.Length - 2 && axes[^2] == axes.Length - 1 && axes.SkipLast(2).Select((axis, i) => axis == i).All(same => same);

    private static int[] Axes(InferenceContext context)
    {
        var rank = context.Shape(0).Count;
        int[] axes = context.Attribute("perm") is { } permutation ? [.. permutation.Select(axis => context.Axis(axis, rank))] : [.. Enumerable.Range(0, rank).Reverse()];
        return axes.Order().SequenceEqual(Enumerable.Range(0, rank)) ? axes : throw context.Error($"perm must name each of the {rank} axes once");
    }
}
