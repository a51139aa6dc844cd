using Goldilocks.Graph.Compile;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Operators;

/// <summary><c>LayerNormalization</c> over the last axis: y = (x − mean)/√(variance + ε)·scale + bias, the bias optional.</summary>
internal sealed unsafe class LayerNormalizationOperator : Operator
{
    private const float DefaultEpsilon = 1e-5f;

    public override string OpType => "LayerNormalization";

    public override (ElementType Type, IReadOnlyList<Dimension> Shape) Infer(InferenceContext context)
    {
        var shape = context.Shape(0);
        if (shape.Count == 0 || context.Axis(context.Attribute("axis", -1), shape.Count) != shape.Count - 1 || shape[^1].IsSymbolic) throw context.Error("only the last axis is supported");
        for (var i = 1; i < context.InputCount; i++)
            if (context.Shape(i).Count != 1 || context.Shape(i)[0] != shape[^1]) throw context.Error($"scale and bias must be rows of {shape[^1]} values");
        return (context.Input(0).Type, shape);
    }

    public override void Forward(PlanBuilder plan, PlannedNode node)
    {
        var (x, scale, bias, y) = (node.Inputs[0], node.Inputs[1], node.Inputs.ElementAtOrDefault(2), node.Output);
        var epsilon = node.Context.Attribute("epsilon", DefaultEpsilon);
        var moments = plan.Keep(2L * Layout.Pad(x.Rows), node);
        plan.Emit(node.Node.Name, () =>
            Normalization.Forward(x.Data, x.Rows, x.Columns, x.Stride, scale.Data, bias is null ? null : bias.Data, epsilon, y.Data, moments.Data, moments.Data + Layout.Pad(x.Rows), plan.Set));
    }

    public override void Backward(PlanBuilder plan, PlannedNode node)
    {
        var (x, scale, bias, y) = (node.Inputs[0], node.Inputs[1], node.Inputs.ElementAtOrDefault(2), node.Output);
        var moments = plan.KeptOf(node);
        plan.EmitGradient(scale, node.Node.Name + ".scale_gradient", destination =>
            Normalization.ParameterGradient(x.Data, y.Gradient, x.GradientRows, x.Columns, x.Stride, moments.Data, moments.Data + Layout.Pad(x.Rows), destination, null, accumulate: false, plan.Set));
        if (bias is not null)
        {
            plan.EmitGradient(bias, node.Node.Name + ".bias_gradient", destination =>
                Reductions.SumRows(y.Gradient, y.GradientRows, y.Stride, y.Stride, destination, accumulate: false, plan.Set));
        }

        plan.EmitGradient(x, node.Node.Name + ".gradient", destination =>
            Normalization.Gradient(x.Data, y.Gradient, x.GradientRows, x.Columns, x.Stride, scale.Data, moments.Data, moments.Data + Layout.Pad(x.Rows), destination, plan.Set));
    }
}
