using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Tanh</c> and <c>Relu</c>; both gradients follow from the output alone.</summary>
internal sealed unsafe class ActivationOperator(GemmTail function) : Operator
{
    public GemmTail Function { get; } = function;

    public override string OpType => Function.ToString();

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context) => (context.Input(0).Type, context.Shape(0));

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        plan.Emit(node.Node.Name, () =>
        {
            if (Function == GemmTail.Tanh) Elementwise.Tanh(x.Data, y.Data, y.Size, plan.Set);
            else Elementwise.Relu(x.Data, y.Data, y.Size, plan.Set);
        });
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination =>
        {
            if (Function == GemmTail.Tanh) Elementwise.TanhGradient(y.Data, y.Gradient, destination, y.GradientSize, plan.Set);
            else Elementwise.ReluGradient(y.Data, y.Gradient, destination, y.GradientSize, plan.Set);
        });
    }
}
