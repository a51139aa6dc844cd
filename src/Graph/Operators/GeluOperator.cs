using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary><c>Gelu</c>: x·Φ(x), exactly or by the tanh approximation.</summary>
internal sealed unsafe class GeluOperator : Operator
{
    public override string OpType => "Gelu";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        if (context.Attribute("approximate", "none") is not ("none" or "tanh")) throw context.Error("approximate must be none or tanh");
        return (context.Input(0).Type, context.Shape(0));
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y, tanh) = (node.Inputs[0], node.Output, IsTanh(node));
        plan.Emit(node.Node.Name, () => Elementwise.Gelu(x.Data, y.Data, y.Size, plan.Set, tanh));
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y, tanh) = (node.Inputs[0], node.Output, IsTanh(node));
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination => Elementwise.GeluGradient(x.Data, y.Gradient, destination, y.GradientSize, plan.Set, tanh));
    }

    private static bool IsTanh(PlannedNode node) => node.Context.Attribute("approximate", "none") == "tanh";
}
