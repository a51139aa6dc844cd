using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary>
/// <c>Dropout</c> in training: each element is 0 with the constant probability <c>ratio</c>, otherwise 1/(1 − ratio) times the input. Masks come from a
/// counter: they depend on the seed, the step, the node and the row of the batch, and not on how the batch is cut.
/// </summary>
/// <remarks>Exported and evaluated graphs are without it (<see cref="ModelGraph.WithoutDropout"/>).</remarks>
internal sealed unsafe class DropoutOperator : Operator
{
    public const string Name = "Dropout";

    public override string OpType => Name;

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        if (Ratio(context) is not (>= 0 and < 1)) throw context.Error("ratio must be a constant in [0, 1)");
        return (context.Input(0).Type, context.Shape(0));
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y, ratio) = (node.Inputs[0], node.Output, Ratio(node.Context));
        var (mask, site, rowsPerSample) = (plan.Keep(x.Size, node), plan.NextDropoutSite(), x.RowsPerSample);
        plan.Emit(node.Node.Name, () =>
        {
            DropoutMask.Fill(plan.DropoutSeed, site, (uint)plan.Position.Step, plan.Position.FirstRow * rowsPerSample, x.Rows, x.Columns, x.Stride, ratio, mask.Data);
            Elementwise.Multiply(x.Data, mask.Data, y.Data, y.Size, plan.Set);
        });
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, y, mask) = (node.Inputs[0], node.Output, plan.KeptOf(node));
        plan.EmitGradient(x, node.Node.Name + ".gradient", destination => Elementwise.Multiply(y.Gradient, mask.Data, destination, y.GradientSize, plan.Set));
    }

    private static float Ratio(InferenceContext context) => context.ConstantNumber(1) ?? 0.5f;
}
