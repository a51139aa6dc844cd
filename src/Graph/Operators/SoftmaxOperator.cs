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

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination =>
            Reductions.SoftmaxGradient(y.Data, y.Gradient, y.GradientRows, y.Columns, y.Stride, destination, logarithm, plan.Set));
    }
}
