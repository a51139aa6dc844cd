using Goldilocks.Core;
using Goldilocks.Graph.Operators;

namespace Goldilocks.Graph.Compile;

/// <summary>Decides what a plan computes: the needed nodes, which values carry gradients, which share memory, what is fused.</summary>
internal sealed class Planner
{
    private readonly List<PlannedNode> _nodes = [];
    private readonly Dictionary<PlannedNode, PlannedNode> _tails = [];
    private readonly HashSet<string> _wanted;
    private readonly string? _loss;

    /// <param name="graph">What to compute.</param>
    /// <param name="options">See there.</param>
    /// <param name="host">A plan whose parameters this one reads: they keep its layout.</param>
    public Planner(ModelGraph graph, CompileOptions options, IReadOnlyDictionary<string, Slot>? host)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.ForwardRows, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(options.GradientRows, options.ForwardRows);
        var values = ShapeInference.Run(graph);
        _wanted = [.. options.Outputs];
        if (options.Loss is not null) _wanted.Add(options.Loss);
        foreach (var name in _wanted.Concat(options.Groups.SelectMany(group => group.Parameters)))
            if (!values.ContainsKey(name)) throw new GoldilocksException($"graph \"{graph.Name}\" has no value \"{name}\". {Suggest.Hint(name, values.Keys)}");
        if (options.Loss is not null && values[options.Loss].Shape.Any(dimension => dimension != 1))
            throw new GoldilocksException($"graph \"{graph.Name}\": the loss \"{options.Loss}\" must be one number, not [{string.Join(",", values[options.Loss].Shape)}].");
        var needed = Ancestors(graph, _wanted);
        _loss = options.Loss;
        var towardsLoss = _loss is null ? [] : Ancestors(graph, [_loss]);

        foreach (var (name, info) in values)
            if (needed.Contains(name)) Slots[name] = new Slot(info, options.ForwardRows, options.GradientRows == 0 ? options.ForwardRows : options.GradientRows);
        foreach (var group in options.Groups)
        {
            foreach (var parameter in group.Parameters)
            {
                if (!needed.Contains(parameter)) throw new GoldilocksException($"parameter \"{parameter}\" does not influence {string.Join(", ", _wanted)}.");
                Slots[parameter].NeedsGradient = Slots[parameter].IsTrained = true;
            }
        }

        foreach (var node in graph.Nodes.Where(node => node.Outputs.Any(needed.Contains)))
        {
            var inputs = node.Inputs.Where(name => name.Length > 0).Select(name => Slots[name]).ToArray();
            var planned = new PlannedNode(node, inputs, [.. node.Outputs.Select(name => Slots[name])], new InferenceContext(graph, node, values));
            foreach (var output in planned.Outputs) output.NeedsGradient = towardsLoss.Contains(output.Info.Name) && inputs.Any(slot => slot.NeedsGradient);
            _nodes.Add(planned);
        }

        AbsorbTranspositions();
        AbsorbRows();
        KeepWeightsTransposed(host);
        FuseActivations();
        ShareReshaped();
        var used = _nodes.SelectMany(node => node.Inputs.Concat(node.Outputs)).Concat(_nodes.Select(node => node.AddedRow).OfType<Slot>()).ToHashSet();
        foreach (var (name, slot) in Slots.ToArray())
            if (!used.Contains(slot) && !_wanted.Contains(name)) Slots.Remove(name);
    }

    public Dictionary<string, Slot> Slots { get; } = [];

    /// <summary>Values that live in another value's memory, and whose.</summary>
    public Dictionary<Slot, Slot> Hosts { get; } = [];

    /// <summary>Gradients that live in another gradient's memory.</summary>
    public Dictionary<Slot, Slot> GradientHosts { get; } = [];

    public void EmitForward(PlanBuilder plan)
    {
        foreach (var node in _nodes)
        {
            if (_tails.TryGetValue(node, out var tail))
                Product.Of(node).Forward(plan, tail.Output, ((ActivationOperator)Operator.Find(tail.Node)).Function);
            else if (!_tails.ContainsValue(node))
                Operator.Find(node.Node).Forward(plan, node);
        }
    }

    /// <param name="plan">Takes the kernels.</param>
    /// <param name="accumulate">Whether gradients of parameters add to what their memory holds.</param>
    public void EmitBackward(PlanBuilder plan, bool accumulate)
    {
        if (_loss is null) return;
        Slots[_loss].HasGradient = true;
        foreach (var slot in Slots.Values.Where(slot => accumulate && slot.IsTrained)) slot.HasGradient = true;
        foreach (var node in Enumerable.Reverse(_nodes))
            if (node.Outputs.Any(output => output.NeedsGradient)) Operator.Find(node.Node).Backward(plan, node);
    }

    private static HashSet<string> Ancestors(ModelGraph graph, IEnumerable<string> names)
    {
        var found = names.ToHashSet();
        foreach (var node in graph.Nodes.Reverse())
        {
            if (!node.Outputs.Any(found.Contains)) continue;
            found.UnionWith(node.Inputs.Where(name => name.Length > 0));
            found.UnionWith(node.Outputs);
        }

        return found;
    }

    private PlannedNode[] ReadersOf(Slot slot) => [.. _nodes.Where(node => node.Inputs.Contains(slot) || node.AddedRow == slot)];

    private bool IsWanted(Slot slot) => _wanted.Contains(slot.Info.Name);

    /// <summary>Products read a transposed operand as it lies before the transposition.</summary>
    private void AbsorbTranspositions()
    {
        foreach (var node in _nodes.Where(node => TransposeOperator.ExchangesLastAxes(node) && !IsWanted(node.Output)).ToArray())
        {
            var readers = ReadersOf(node.Output);
            if (!readers.All(reader => reader.Node.OpType == "MatMul" && reader.Inputs[1] == node.Output && reader.Inputs[0] != node.Output)) continue;
            foreach (var reader in readers) _nodes[_nodes.IndexOf(reader)] = reader with { Inputs = [reader.Inputs[0], node.Inputs[0]], TransposeB = true };
            _nodes.Remove(node);
        }
    }

    /// <summary>A row added to a product is added on the spot; the sum of the two roundings is that of the two nodes.</summary>
    private void AbsorbRows()
    {
        foreach (var node in _nodes.Where(node => MatMulOperator.IsByMatrix(node) && !IsWanted(node.Output)).ToArray())
        {
            if (ReadersOf(node.Output) is not [{ Node.OpType: "Add" } add] || add.Inputs[0] == add.Inputs[1]) continue;
            var row = add.Inputs[0] == node.Output ? add.Inputs[1] : add.Inputs[0];
            if (row.IsBatch || row.Info.Shape.Count != 1 || row.Columns != add.Output.Columns || _nodes.Any(other => other.Outputs.Contains(row))) continue;
            _nodes[_nodes.IndexOf(node)] = node with { Outputs = add.Outputs, AddedRow = row };
            _nodes.Remove(add);
        }
    }

    /// <summary>A weight that is only ever the transposed right operand of products is stored the way the products read it.</summary>
    private void KeepWeightsTransposed(IReadOnlyDictionary<string, Slot>? host)
    {
        foreach (var (name, slot) in Slots)
        {
            if (slot.IsBatch || _nodes.Any(node => node.Outputs.Contains(slot))) continue;
            var uses = ReadersOf(slot);
            var transposed = host?.TryGetValue(name, out var owner) == true ? owner.IsTransposed
                : uses.Length > 0 && uses.All(node => Product.IsProduct(node) && node.Inputs[1] == slot && node.Inputs[0] != slot && Product.ReadsTransposed(node));
            if (transposed) slot.Transpose();
        }
    }

    /// <summary>
    /// A product whose only reader is an activation writes the activation's result. On the way back the product's gradient replaces the activation's,
    /// unless that is wanted.
    /// </summary>
    private void FuseActivations()
    {
        foreach (var node in _nodes.Where(node => Product.IsProduct(node) && !IsWanted(node.Output)))
        {
            if (ReadersOf(node.Output) is not [var reader] || Operator.Find(reader.Node) is not ActivationOperator) continue;
            _tails[node] = reader;
            Hosts[node.Output] = reader.Output;
            if (IsWanted(reader.Output)) continue;
            reader.Output.IsGradientOverwritten = true;
            GradientHosts[node.Output] = reader.Output;
        }
    }

    /// <summary>A reshaped value with the same rows in memory is the value itself, and so is its gradient when nothing else contributes to it.</summary>
    private void ShareReshaped()
    {
        foreach (var node in _nodes.Where(node => node.Node.OpType == "Reshape"))
        {
            var (x, y) = (node.Inputs[0], node.Output);
            if (!x.IsBatch || !LiesAlike(x, y)) continue;
            Hosts[y] = x;
            if (ReadersOf(x).Length == 1 && !IsWanted(x) && !IsWanted(y)) GradientHosts[y] = x;
        }
    }

    private static bool LiesAlike(Slot x, Slot y) => x.Columns == y.Columns || (x.Stride == x.Columns && y.Stride == y.Columns);
}
