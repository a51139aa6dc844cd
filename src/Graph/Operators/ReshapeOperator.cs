using Goldilocks.Graph.Compile;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Reshape</c> to a constant shape that keeps the batch dimension first (0 or −1 in its place).</summary>
internal sealed unsafe class ReshapeOperator : Operator
{
    public override string OpType => "Reshape";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var from = context.Shape(0);
        var to = context.Constant(1) ?? throw context.Error("the shape is missing");
        var batch = from.Count > 0 && from[0].IsSymbolic;
        var shape = to.Select((size, i) => size == 0 && i < from.Count ? from[i] : (Dimension)size).ToArray();
        if (batch && shape.Length > 0 && shape[0].Size == -1) shape[0] = from[0];
        if (batch != (shape.Length > 0 && shape[0].IsSymbolic)) throw context.Error("the batch dimension must stay first");
        var count = Count(from);
        var open = Array.FindIndex(shape, dimension => !dimension.IsSymbolic && dimension.Size == -1);
        if (open >= 0)
        {
            shape[open] = 1;
            shape[open] = count / Math.Max(1, Count(shape));
        }

        if (Count(shape) != count) throw context.Error($"[{string.Join(",", from)}] cannot become [{string.Join(",", to)}]");
        return (context.Input(0).Type, shape);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        plan.Emit(node.Node.Name, () =>
        {
            if (x.Data != y.Data) Copy(x, x.Data, y, y.Data, x.Rows);
        });
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        if (plan.SharesGradient(y))
        {
            x.HasGradient = y.HasGradient;
            return;
        }

        plan.EmitGradient(x, node.Node.Name + ".gradient", destination => Copy(y, y.Gradient, x, destination, y.GradientRows));
    }

    /// <summary>Copies in row-major order between two paddings, as much of a row at a time as both have.</summary>
    private static void Copy(Slot from, float* source, Slot to, float* destination, int rows)
    {
        var (row, column) = (0, 0);
        for (var r = 0; r < rows; r++)
        {
            for (var c = 0; c < from.Columns;)
            {
                var count = Math.Min(from.Columns - c, to.Columns - column);
                new Span<float>(source + ((long)r * from.Stride) + c, count).CopyTo(new Span<float>(destination + ((long)row * to.Stride) + column, count));
                (c, column) = (c + count, column + count);
                if (column < to.Columns) continue;
                PlanBuilder.ClearPadding(to, destination + ((long)row * to.Stride));
                (row, column) = (row + 1, 0);
            }
        }
    }

    private static long Count(IEnumerable<Dimension> shape) => shape.Aggregate(1L, (product, dimension) => dimension.IsSymbolic ? product : product * dimension.Size);
}
