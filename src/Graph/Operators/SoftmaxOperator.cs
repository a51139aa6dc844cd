using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Softmax</c> and <c>LogSoftmax</c> over the last axis.</summary>
internal sealed unsafe class SoftmaxOperator(bool logarithm) : Operator
{
    public override string OpType => logarithm ? "LogSoftmax" : "Softmax";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var shape = context.Shape(0);
        if (shape.Count == 0 || context.Axis(context.Attribute("axis", -1), shape.Count) != shape.Count - 1) throw context.Error("only the last axis is supported");
        return (context.Input(0).Type, shape);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        plan.Emit(node.Node.Name, () => Reductions.Softmax(x.Data, x.Rows, x.Columns, x.Stride, y.Data, logarithm, plan.Set));
    }

    /// <remarks>With s = soft-max: d(log s)/dx gives dx = dy − s·Σdy; d s/dx gives dx = s·(dy − Σ s·dy).</remarks>
    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        var exponentials = x.GradientSize;
        plan.NeedScratch(exponentials + y.Stride);
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination =>
        {
            for (var r = 0; r < y.GradientRows; r++)
            {
                var offset = (long)r * y.Stride;
                var value = y.Data + offset;
                var gradient = y.Gradient + offset;
                var target = destination + offset;
                if (logarithm)
                {
                    Elementwise.ExpOfNegative(value, plan.Scratch + exponentials, y.Stride, plan.Set);
                    value = plan.Scratch + exponentials;
                }

                var sum = 0f;
                for (var c = 0; c < y.Columns; c++) sum += logarithm ? gradient[c] : value[c] * gradient[c];
                for (var c = 0; c < y.Columns; c++)
                    target[c] = logarithm ? gradient[c] - (value[c] * sum) : value[c] * (gradient[c] - sum);
                PlanBuilder.ClearPadding(x, target);
            }
        });
    }
}
