using Goldilocks.Graph.Compile;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Concat</c> along the last axis.</summary>
internal sealed unsafe class ConcatOperator : Operator
{
    public override string OpType => "Concat";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var first = context.Shape(0);
        if (context.Axis(context.Attribute("axis", 0), first.Count) != first.Count - 1) throw context.Error("only the last axis is supported");
        long columns = 0;
        for (var i = 0; i < context.InputCount; i++)
        {
            var shape = context.Shape(i);
            if (shape.Count != first.Count || !shape.SkipLast(1).SequenceEqual(first.SkipLast(1)) || shape[^1].IsSymbolic)
                throw context.Error($"[{string.Join(",", first)}] and [{string.Join(",", shape)}] must be equal but for their last axes");
            columns += shape[^1].Size;
        }

        return (context.Input(0).Type, [.. first.SkipLast(1), columns]);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var z = node.Output;
        var offset = 0;
        foreach (var input in node.Inputs)
        {
            var start = offset;
            plan.Emit(node.Node.Name, () => CopyColumns(input.Data, input.Stride, z.Data + start, z.Stride, input.Columns, z.Rows));
            offset += input.Columns;
        }
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var z = node.Output;
        var offset = 0;
        foreach (var input in node.Inputs)
        {
            var start = offset;
            plan.EmitGradient(input, node.Node.Name + ".gradient", destination =>
            {
                CopyColumns(z.Gradient + start, z.Stride, destination, input.Stride, input.Columns, z.GradientRows);
                for (var r = 0; r < z.GradientRows; r++) PlanBuilder.ClearPadding(input, destination + ((long)r * input.Stride));
            });
            offset += input.Columns;
        }
    }

    /// <summary>Copies a block of columns from one matrix to another.</summary>
    public static void CopyColumns(float* source, int sourceStride, float* destination, int destinationStride, int columns, int rows)
    {
        for (var r = 0; r < rows; r++)
            new Span<float>(source + ((long)r * sourceStride), columns).CopyTo(new Span<float>(destination + ((long)r * destinationStride), columns));
    }
}
