using Goldilocks.Core;
using Goldilocks.Graph.Operators;

namespace Goldilocks.Graph.Compile;

/// <summary>Decides what a plan computes: the needed nodes, which values carry gradients, which weights are kept transposed, what is fused.</summary>
internal sealed class Planner
{
    private readonly List<PlannedNode> _nodes = [];
    private readonly Dictionary<PlannedNode, PlannedNode> _tails = [];
    private readonly string? _loss;

    public Planner(ModelGraph graph, CompileOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ForwardRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.GradientRows, options.ForwardRows);
        var values = ShapeInference.Run(graph);
        var wanted = options.Loss is null ? options.Outputs : [.. options.Outputs, options.Loss];
        foreach (var name in wanted.Concat(options.Groups.SelectMany(group => group.Parameters)))
            if (!values.ContainsKey(name)) throw new GoldilocksException($"graph \"{graph.Name}\" has no value \"{name}\". {Suggest.Hint(name, values.Keys)}");
        if (options.Loss is not null && values[options.Loss].Shape.Any(dimension => dimension != 1))
            throw new GoldilocksException($"graph \"{graph.Name}\": the loss \"{options.Loss}\" must be one number, not [{string.Join(",", values[options.Loss].Shape)}].");
        var needed = Ancestors(graph, wanted);
        _loss = options.Loss;
        var towardsLoss = _loss is null ? [] : Ancestors(graph, [_loss]);

        foreach (var (name, info) in values)
            if (needed.Contains(name)) Slots[name] = new Slot(info, options.ForwardRows, options.GradientRows == 0 ? options.ForwardRows : options.GradientRows);
        foreach (var group in options.Groups)
        {
            foreach (var parameter in group.Parameters)
            {
                if (!needed.Contains(parameter)) throw new GoldilocksException($"parameter \"{parameter}\" does not influence {string.Join(", ", wanted)}.");
                Slots[parameter].NeedsGradient = true;
            }
        }

        foreach (var node in graph.Nodes.Where(node => needed.Contains(node.Outputs[0])))
        {
            var inputs = node.Inputs.Where(name => name.Length > 0).Select(name => Slots[name]).ToArray();
            var planned = new PlannedNode(node, inputs, Slots[node.Outputs[0]], new InferenceContext(graph, node, values));
            planned.Output.NeedsGradient = towardsLoss.Contains(node.Outputs[0]) && inputs.Any(slot => slot.NeedsGradient);
            _nodes.Add(planned);
        }

        KeepWeightsTransposed(graph);
        Fuse(wanted);
    }

    public Dictionary<string, Slot> Slots { get; } = [];

    /// <summary>Values that live in another value's memory: what a fused activation overwrites.</summary>
    public Dictionary<Slot, Slot> Aliases { get; } = [];

    public void EmitForward(PlanBuilder plan)
    {
        foreach (var node in _nodes)
        {
            if (_tails.TryGetValue(node, out var tail))
                GemmOperator.ProductOf(node).Forward(plan, tail.Output, ((ActivationOperator)Operator.Find(tail.Node)).Function);
            else if (!_tails.ContainsValue(node))
                Operator.Find(node.Node).Forward(plan, node);
        }
    }

    public void EmitBackward(PlanBuilder plan)
    {
        if (_loss is null) return;
        Slots[_loss].HasGradient = true;
        foreach (var node in Enumerable.Reverse(_nodes))
            if (node.Output.NeedsGradient) Operator.Find(node.Node).Backward(plan, node);
    }

    private static HashSet<string> Ancestors(ModelGraph graph, IEnumerable<string> names)
    {
        var found = names.ToHashSet();
        foreach (var node in graph.Nodes.Reverse())
            if (node.Outputs.Any(found.Contains)) found.UnionWith(node.Inputs.Where(name => name.Length > 0));
        return found;
    }

    /// <summary>A weight that is only ever the transposed right operand of products is stored the way the products read it.</summary>
    private void KeepWeightsTransposed(ModelGraph graph)
    {
        foreach (var (name, _) in graph.Initializers)
        {
            if (!Slots.TryGetValue(name, out var slot)) continue;
            var uses = _nodes.Where(node => node.Inputs.Contains(slot)).ToArray();
            if (uses.Length > 0 && uses.All(node => node.Node.OpType == "Gemm" && node.Inputs[1] == slot && node.Inputs[0] != slot
                && node.Context.Attribute("transB", 0) != 0)) slot.Transpose();
        }
    }

    /// <summary>
    /// A product whose only reader is an activation writes the activation's result. On the way back the product's gradient replaces the activation's,
    /// unless that is wanted.
    /// </summary>
    private void Fuse(IReadOnlyList<string> wanted)
    {
        foreach (var node in _nodes.Where(node => node.Node.OpType == "Gemm" && !wanted.Contains(node.Node.Outputs[0])))
        {
            var readers = _nodes.Where(reader => reader.Inputs.Contains(node.Output)).ToArray();
            if (readers.Length != 1 || Operator.Find(readers[0].Node) is not ActivationOperator) continue;
            _tails[node] = readers[0];
            Aliases[node.Output] = readers[0].Output;
            readers[0].Output.IsGradientOverwritten = !wanted.Contains(readers[0].Node.Outputs[0]);
        }
    }
}
