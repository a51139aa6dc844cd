using System.Diagnostics;
using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Gather</c> along axis 0: rows of a table [P, D] by indices [B] → [B, D].</summary>
internal sealed unsafe class GatherOperator : Operator
{
    public override string OpType => "Gather";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var table = context.Input(0);
        var indices = context.Input(1);
        if (context.Attribute("axis", 0) != 0 || table.Shape.Count != 2) throw context.Error("only rows of a matrix can be gathered (axis 0, rank 2)");
        if (indices.Type != ElementType.Int64 || indices.Shape.Count != 1) throw context.Error("indices must be an INT64 vector");
        return (table.Type, [indices.Shape[0], table.Shape[1]]);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (table, indices, output) = (node.Inputs[0], node.Inputs[1], node.Output);
        plan.Emit(node.Node.Name, () =>
        {
            for (var r = 0; r < output.Rows; r++)
            {
                Debug.Assert((uint)indices.Indices[r] < (uint)table.Rows, "index outside the table");
                var row = new Span<float>(table.Data + ((long)indices.Indices[r] * table.Stride), output.Stride);
                row.CopyTo(new Span<float>(output.Data + ((long)r * output.Stride), output.Stride));
            }
        });
    }

    /// <remarks>Rows that are gathered several times add up in batch order.</remarks>
    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (table, indices, output) = (node.Inputs[0], node.Inputs[1], node.Output);
        if (!table.NeedsGradient) return;
        var first = !table.HasGradient;
        table.HasGradient = true;
        plan.Emit(node.Node.Name + ".gradient", () =>
        {
            if (first) new Span<float>(table.Gradient, (int)table.GradientSize).Clear();
            for (var r = 0; r < output.GradientRows; r++)
            {
                var row = table.Gradient + ((long)indices.Indices[r] * table.Stride);
                Elementwise.Add(row, output.Gradient + ((long)r * output.Stride), row, output.Stride, plan.Set);
            }
        });
    }
}
