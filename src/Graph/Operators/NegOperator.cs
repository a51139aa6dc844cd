using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Neg</c>: y = −x.</summary>
internal sealed unsafe class NegOperator : Operator
{
    public override string OpType => "Neg";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context) => (context.Input(0).Type, context.Shape(0));

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        plan.Emit(node.Node.Name, () => Elementwise.Scale(x.Data, -1, y.Data, y.Size, plan.Set));
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y) = (node.Inputs[0], node.Output);
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination => Elementwise.Scale(y.Gradient, -1, destination, y.GradientSize, plan.Set));
    }
}
