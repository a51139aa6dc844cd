using Goldilocks.Graph.Compile;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Split</c> along the last axis, into equal parts or by the constant sizes of its second input.</summary>
internal sealed unsafe class SplitOperator : Operator
{
    public override string OpType => "Split";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context) => InferAll(context)[0];

    public override IReadOnlyList<(ElementType Type, IReadOnlyList<Dimension> Shape)> InferAll(InferenceContext context)
    {
        var shape = context.Shape(0);
        if (context.Axis(context.Attribute("axis", 0), shape.Count) != shape.Count - 1 || shape[^1].IsSymbolic) throw context.Error("only the last axis is supported");
        var sizes = context.Constant(1) ?? Equal(context, shape[^1].Size);
        if (sizes.Length != context.OutputCount || sizes.Any(size => size < 1) || sizes.Sum() != shape[^1].Size)
            throw context.Error($"the parts {string.Join(" + ", sizes)} of {context.OutputCount} outputs do not make {shape[^1]} columns");
        return [.. sizes.Select(size => (context.Input(0).Type, (IReadOnlyList<Dimension>)[.. shape.SkipLast(1), size]))];
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var x = node.Inputs[0];
        var offset = 0;
        foreach (var output in node.Outputs)
        {
            var start = offset;
            plan.Emit(node.Node.Name, () => ConcatOperator.CopyColumns(x.Data + start, x.Stride, output.Data, output.Stride, output.Columns, x.Rows));
            offset += output.Columns;
        }
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var x = node.Inputs[0];
        Slot[] outputs = [.. node.Outputs]; // an interface's enumerator would be an allocation a step
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination =>
        {
            var start = 0;
            foreach (var output in outputs)
            {
                if (output.HasGradient) ConcatOperator.CopyColumns(output.Gradient, output.Stride, destination + start, x.Stride, output.Columns, x.GradientRows);
                else for (var r = 0; r < x.GradientRows; r++) new Span<float>(destination + ((long)r * x.Stride) + start, output.Columns).Clear();
                start += output.Columns;
            }

            for (var r = 0; r < x.GradientRows; r++) PlanBuilder.ClearPadding(x, destination + ((long)r * x.Stride));
        });
    }

    private static long[] Equal(InferenceContext context, long columns)
    {
        var parts = context.OutputCount;
        return columns % parts == 0 ? [.. Enumerable.Repeat(columns / parts, parts)] : throw context.Error($"{columns} columns do not split into {parts} equal parts");
    }
}
