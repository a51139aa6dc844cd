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

/// <summary>
/// <c>Add</c>, <c>Sub</c>, <c>Mul</c> of equal shapes, or with one operand that repeats over the other's rows: a scalar, or a tensor with the other's last
/// axes. Of INT64 values (indices) the equal and the scalar, without gradients.
/// </summary>
internal sealed unsafe class BinaryOperator(BinaryFunction function) : Operator
{
    public override string OpType => function.ToString();

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var (x, y) = (context.Shape(0), context.Shape(1));
        if (x.SequenceEqual(y) || Repeats(y, x)) return (context.Input(0).Type, x);
        if (Repeats(x, y)) return (context.Input(0).Type, y);
        throw context.Error($"shapes [{string.Join(",", x)}] and [{string.Join(",", y)}] do not fit; they must be equal, or one a scalar or the other's last axes");
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y, z) = (node.Inputs[0], node.Inputs[1], node.Output);
        if (z.Info.Type == ElementType.Int64)
        {
            plan.Emit(node.Node.Name, () => ApplyToIndices(x, y, z));
            return;
        }

        if (!Broadcasts(x, z) && !Broadcasts(y, z))
        {
            plan.Emit(node.Node.Name, () => Apply(x.Data, y.Data, z.Data, z.Size, plan.Set));
            return;
        }

        var block = Broadcasts(x, z) ? BlockOf(x, z) : BlockOf(y, z);
        plan.NeedScratch(2L * z.Stride);
        plan.Emit(node.Node.Name, () =>
        {
            var blockX = Broadcasts(x, z) ? Block(x, z, plan.Scratch) : null;
            var blockY = Broadcasts(y, z) ? Block(y, z, plan.Scratch + z.Stride) : null;
            for (long offset = 0; offset < z.Size; offset += block)
                Apply(blockX is null ? x.Data + offset : blockX, blockY is null ? y.Data + offset : blockY, z.Data + offset, block, plan.Set);
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
                var block = BlockOf(other, z);
                var values = Block(other, z, plan.Scratch + product + count);
                for (long offset = 0; offset < count; offset += block) Elementwise.Multiply(z.Gradient + offset, values, contribution + offset, block, plan.Set);
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
            var block = (int)BlockOf(operand, z);
            Reductions.SumRows(contribution, (int)(z.GradientSize / block), block, block, destination, accumulate: false, set);
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

    private void ApplyToIndices(Slot x, Slot y, Slot z)
    {
        for (var i = 0; i < z.Rows * z.Columns; i++)
        {
            var (left, right) = (x.Indices[x.Size == 1 ? 0 : i], y.Indices[y.Size == 1 ? 0 : i]);
            z.Indices[i] = function switch { BinaryFunction.Add => left + right, BinaryFunction.Sub => left - right, _ => left * right };
        }
    }

    /// <summary>Floats of z over which a repeating operand goes once.</summary>
    private static long BlockOf(Slot operand, Slot z) => operand.Columns == z.Columns ? (long)operand.Rows * z.Stride : z.Stride;

    /// <summary>The repeating operand as it goes over z: its rows, or a scalar as one row of z's length, zero in the padding.</summary>
    private static float* Block(Slot operand, Slot z, float* scratch)
    {
        if (operand.Columns == z.Columns) return operand.Data;
        for (var c = 0; c < z.Stride; c++) scratch[c] = c < z.Columns ? operand.Data[0] : 0;
        return scratch;
    }

    private static bool Broadcasts(Slot operand, Slot z) => operand.Info.Shape.Count < z.Info.Shape.Count || (operand.Columns == 1 && z.Columns > 1);

    private static bool Repeats(IReadOnlyList<Dimension> small, IReadOnlyList<Dimension> large) =>
        small.Count == 0
        || (small.Count == 1 && !small[0].IsSymbolic && small[0].Size == 1 && large.Count > 0)
        || (!small[0].IsSymbolic && small.Count < large.Count && small.SequenceEqual(large.TakeLast(small.Count)));
}
