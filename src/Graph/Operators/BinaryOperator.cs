using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary>The elementwise functions of two values.</summary>
internal enum BinaryFunction
{
    Add,
    Sub,
    Mul,
}

/// <summary><c>Add</c>, <c>Sub</c>, <c>Mul</c> of equal shapes, or with one operand a row [D] or a scalar that repeats over the other's rows.</summary>
internal sealed unsafe class BinaryOperator(BinaryFunction function) : Operator
{
    public override string OpType => function.ToString();

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var (x, y) = (context.Shape(0), context.Shape(1));
        if (x.SequenceEqual(y) || Repeats(y, x)) return (context.Input(0).Type, x);
        if (Repeats(x, y)) return (context.Input(0).Type, y);
        throw context.Error($"shapes [{string.Join(",", x)}] and [{string.Join(",", y)}] do not fit; they must be equal, or one a row or scalar that repeats");
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y, z) = (node.Inputs[0], node.Inputs[1], node.Output);
        if (!Broadcasts(x, z) && !Broadcasts(y, z))
        {
            plan.Emit(node.Node.Name, () => Apply(x.Data, y.Data, z.Data, z.Size, plan.Set));
            return;
        }

        plan.NeedScratch(2L * z.Stride);
        plan.Emit(node.Node.Name, () =>
        {
            var rowX = Broadcasts(x, z) ? Row(x, z, plan.Scratch) : null;
            var rowY = Broadcasts(y, z) ? Row(y, z, plan.Scratch + z.Stride) : null;
            for (var r = 0; r < z.Rows; r++)
            {
                var offset = (long)r * z.Stride;
                Apply(rowX is null ? x.Data + offset : rowX, rowY is null ? y.Data + offset : rowY, z.Data + offset, z.Stride, plan.Set);
            }
        });
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        Operand(plan, node, node.Inputs[0], node.Inputs[1], minus: false);
        Operand(plan, node, node.Inputs[1], node.Inputs[0], minus: function == BinaryFunction.Sub);
    }

    /// <summary>The gradient of one operand: dz, −dz or dz·other, summed over the rows along which it repeated.</summary>
    private void Operand(PlanBuilder plan, PlannedNode node, Slot operand, Slot other, bool minus)
    {
        if (!operand.NeedsGradient) return;
        var z = node.Output;
        var count = z.GradientSize;
        var repeats = Broadcasts(operand, z);

        // Scratch: the accumulated target (EmitGradient), then dz·other over all rows, then the other operand as a row.
        var product = operand.GradientSize;
        plan.NeedScratch(product + count + z.Stride);
        plan.EmitGradient(operand, $"{node.Node.Name}.gradient", destination =>
        {
            var contribution = repeats ? plan.Scratch + product : destination;
            if (function == BinaryFunction.Mul && Broadcasts(other, z))
            {
                var row = Row(other, z, plan.Scratch + product + count);
                for (var r = 0; r < z.GradientRows; r++)
                {
                    var offset = (long)r * z.Stride;
                    Elementwise.Multiply(z.Gradient + offset, row, contribution + offset, z.Stride, plan.Set);
                }
            }
            else if (function == BinaryFunction.Mul)
            {
                Elementwise.Multiply(z.Gradient, other.Data, contribution, count, plan.Set);
            }
            else
            {
                Elementwise.Scale(z.Gradient, minus ? -1 : 1, contribution, count, plan.Set);
            }

            if (repeats) SumOver(contribution, z, operand, destination, plan.Set);
        });
    }

    private static void SumOver(float* contribution, Slot z, Slot operand, float* destination, InstructionSet set)
    {
        if (operand.Columns == z.Columns)
        {
            Reductions.SumRows(contribution, z.GradientRows, z.Stride, z.Stride, destination, accumulate: false, set);
            return;
        }

        new Span<float>(destination, operand.Stride).Clear();
        destination[0] = Reductions.Sum(contribution, z.GradientSize, set);
    }

    private void Apply(float* x, float* y, float* z, long count, InstructionSet set)
    {
        switch (function)
        {
            case BinaryFunction.Add: Elementwise.Add(x, y, z, count, set); break;
            case BinaryFunction.Sub: Elementwise.Subtract(x, y, z, count, set); break;
            default: Elementwise.Multiply(x, y, z, count, set); break;
        }
    }

    /// <summary>The repeating operand as one row of z's length, zero in the padding.</summary>
    private static float* Row(Slot operand, Slot z, float* scratch)
    {
        if (operand.Columns == z.Columns) return operand.Data;
        for (var c = 0; c < z.Stride; c++) scratch[c] = c < z.Columns ? operand.Data[0] : 0;
        return scratch;
    }

    private static bool Broadcasts(Slot operand, Slot z) => operand.Info.Shape.Count < z.Info.Shape.Count || (operand.Columns == 1 && z.Columns > 1);

    private static bool Repeats(IReadOnlyList<Dimension> small, IReadOnlyList<Dimension> large) =>
        small.Count == 0 || (small.Count == 1 && !small[0].IsSymbolic && large.Count > 0 && (small[0].Size == 1 || small[0] == large[^1]));
}
