using Goldilocks.Core;
using Goldilocks.Numerics;

namespace Goldilocks.Graph.Compile;

/// <summary>
/// A graph compiled for training or evaluation: forward and backward as flat lists of kernels over one arena. Running them allocates nothing.
/// An instance belongs to one thread at a time.
/// </summary>
public sealed unsafe class CompiledModel : IDisposable
{
    private readonly Dictionary<string, Slot> _slots;
    private readonly ModelGraph _graph;
    private readonly CompileOptions _options;
    private readonly PlanBuilder _plan;
    private readonly List<Kernel> _forward;
    private readonly List<Kernel> _backward;
    private readonly List<GroupMemory> _groups = [];
    private readonly Arena? _arena;
    private readonly Arena _scratch;
    private readonly float _lossGradient;

    /// <param name="graph">What to compute.</param>
    /// <param name="options">See there.</param>
    /// <param name="parameters">A plan whose initializers and optimiser this one shares; null for its own.</param>
    /// <param name="memory">A plan of the same graph with at least as many rows, all of whose memory this one shares; null for its own.</param>
    private CompiledModel(ModelGraph graph, CompileOptions options, CompiledModel? parameters, CompiledModel? memory)
    {
        (_graph, _options) = (graph, options);
        var planner = new Planner(graph, options, parameters?._slots);
        _slots = planner.Slots;
        _plan = new PlanBuilder(options.Set, options.DropoutSeed, planner);
        planner.EmitForward(_plan);
        var forward = _plan.Kernels.Count;
        planner.EmitBackward(_plan, accumulate: options.LossRows > 0);
        _forward = _plan.Kernels[..forward];
        _backward = _plan.Kernels[forward..];
        _scratch = _plan.Allocate();
        _lossGradient = options.LossRows > 0 ? (float)options.GradientRows / options.LossRows : 1;
        if (memory is not null)
        {
            _groups = memory._groups;
            ShareMemory(memory);
            return;
        }

        _arena = Allocate(planner, parameters);
        foreach (var (name, tensor) in graph.Initializers)
        {
            if (!_slots.TryGetValue(name, out var slot) || parameters?._slots.ContainsKey(name) == true) continue;
            if (slot.Info.Type == ElementType.Float32) slot.FromDense(tensor.AsFloats(), slot.Data);
            else if (slot.Info.Type == ElementType.Int64) slot.FromConstant(tensor.AsInt64s());
        }
    }

    /// <summary>The kernels of one training step, in order.</summary>
    public IEnumerable<Kernel> Kernels => _forward.Concat(_backward);

    /// <summary>Floating-point operations of the matrix products of one training step.</summary>
    public long FlopsPerStep => Kernels.Sum(kernel => kernel.Flops);

    /// <summary>Compiles <paramref name="graph"/>.</summary>
    /// <exception cref="GoldilocksException">An operator, a shape or a name does not fit.</exception>
    public static CompiledModel Compile(ModelGraph graph, CompileOptions options) => new(graph, options, null, null);

    /// <summary>Another plan that reads this one's parameters and has values of its own; for another thread, or another part of the graph.</summary>
    /// <exception cref="GoldilocksException">As <see cref="Compile"/>.</exception>
    public CompiledModel Beside(ModelGraph graph, CompileOptions options) => new(graph, options, this, null);

    /// <summary>The same plan for fewer rows, in the same memory: the two take turns.</summary>
    public CompiledModel ForRows(int rows) =>
        new(_graph, _options with { ForwardRows = rows, GradientRows = Math.Min(rows, _options.GradientRows) }, this, this);

    /// <summary>Where the next pass stands in the training.</summary>
    public BatchPosition Position => _plan.Position;

    /// <summary>Rows of the batch in the forward pass.</summary>
    public int Rows => _options.ForwardRows;

    /// <summary>Trained parameters with their moments and gradients, group by group.</summary>
    internal IReadOnlyList<GroupMemory> Groups => _groups;

    /// <summary>The indices fed to an INT64 input, one per forward row.</summary>
    public Span<int> Indices(string input)
    {
        var slot = Find(input);
        return slot.Info.Type == ElementType.Int64 ? new Span<int>(slot.Indices, slot.Rows) : throw new ArgumentException($"{input} is not an index input.", nameof(input));
    }

    /// <summary>A value, an input or an initializer that is not kept transposed.</summary>
    public MatrixView Value(string name)
    {
        var slot = Find(name);
        if (slot.IsTransposed) throw new ArgumentException($"{name} is kept transposed; use {nameof(Read)}.", nameof(name));
        return new MatrixView((nint)slot.Data, slot.Rows, slot.Columns, slot.Stride);
    }

    /// <summary>A value or initializer in the graph's own layout.</summary>
    public Tensor Read(string name)
    {
        var slot = Find(name);
        return Tensor.Of(slot.ToDense(slot.Data, slot.Rows), Shape(slot, slot.Rows));
    }

    /// <summary>Replaces an initializer or a float input.</summary>
    /// <exception cref="ArgumentException">The shape differs.</exception>
    public void Write(string name, Tensor tensor)
    {
        var slot = Find(name);
        if (!tensor.Shape.SequenceEqual(Shape(slot, slot.Rows))) throw new ArgumentException($"{name} has shape [{string.Join(",", Shape(slot, slot.Rows))}].", nameof(tensor));
        slot.FromDense(tensor.AsFloats(), slot.Data);
    }

    /// <summary>The loss's gradient with respect to a value, as of the last <see cref="Backward"/>; batch values have the trained rows only.</summary>
    public Tensor ReadGradient(string name)
    {
        var slot = Find(name);
        if (slot.IsGradientOverwritten) throw new ArgumentException($"The gradient of {name} is overwritten on the way back; name {name} among the outputs to keep it.", nameof(name));
        if (slot.Gradient is null) throw new ArgumentException($"No gradient flows to {name}.", nameof(name));
        var rows = slot.IsBatch ? slot.GradientRows : slot.Rows;
        return Tensor.Of(slot.ToDense(slot.Gradient, rows), Shape(slot, rows));
    }

    /// <summary>The optimiser's moments of a trainable parameter in the graph's own layout.</summary>
    public (Tensor First, Tensor Second) ReadMoments(string name)
    {
        var (slot, moments) = FindMoments(name);
        var shape = Shape(slot, slot.Rows);
        return (Tensor.Of(slot.ToDense(moments.First, slot.Rows), shape), Tensor.Of(slot.ToDense(moments.Second, slot.Rows), shape));
    }

    /// <summary>Restores what <see cref="ReadMoments"/> returned.</summary>
    public void WriteMoments(string name, Tensor first, Tensor second)
    {
        var (slot, moments) = FindMoments(name);
        slot.FromDense(first.AsFloats(), moments.First);
        slot.FromDense(second.AsFloats(), moments.Second);
    }

    /// <summary>Computes all values from inputs and parameters.</summary>
    public void Forward()
    {
        foreach (var kernel in _forward) kernel.Run();
    }

    /// <summary>Computes all gradients; <see cref="Forward"/> must have run on the same inputs and parameters.</summary>
    public void Backward()
    {
        if (_options.Loss is not null) _slots[_options.Loss].Gradient[0] = _lossGradient;
        foreach (var kernel in _backward) kernel.Run();
    }

    /// <summary>One AdamW update of every group.</summary>
    /// <param name="step">1 for the first update.</param>
    public void Update(long step)
    {
        foreach (var group in _groups) AdamW.Update(group.Options, step, group.Data, group.Gradient, group.First, group.Second, group.Size, _options.Set);
    }

    public void Dispose()
    {
        _arena?.Dispose();
        _scratch.Dispose();
    }

    /// <summary>From now on gradients of parameters are added up at other places, one for each group.</summary>
    internal void UseGradients(ReadOnlySpan<nint> groups)
    {
        for (var g = 0; g < _groups.Count; g++)
            foreach (var (name, offset) in _groups[g].Offsets) _slots[name].Gradient = (float*)groups[g] + offset;
    }

    private static long[] Shape(Slot slot, int rows)
    {
        var shape = slot.Info.Shape.Select(dimension => dimension.Size).ToArray();
        if (slot.IsBatch) shape[0] = rows / shape.Skip(1).SkipLast(1).Aggregate(1L, (product, size) => product * size);
        return shape;
    }

    private Slot Find(string name) => _slots.TryGetValue(name, out var slot)
        ? slot
        : throw new ArgumentException($"The plan has no value {name}. {Suggest.Hint(name, _slots.Keys)}", nameof(name));

    private (Slot Slot, MomentPointers Moments) FindMoments(string name)
    {
        var slot = Find(name);
        foreach (var group in _groups)
        {
            var offset = slot.Data - group.Data;
            if (offset >= 0 && offset < group.Size) return (slot, new MomentPointers(group.First + offset, group.Second + offset));
        }

        throw new ArgumentException($"{name} is not trained.", nameof(name));
    }

    /// <summary>Lays out parameters group by group, so that the optimiser runs over each group in one sweep, then everything else.</summary>
    private Arena Allocate(Planner planner, CompiledModel? parameters)
    {
        var groups = parameters is null ? _options.Groups.Select(group => group.Parameters.Select(Find).ToArray()).ToArray() : [];
        var placed = groups.SelectMany(group => group).ToHashSet();
        if (parameters is not null)
        {
            _groups.AddRange(parameters._groups);
            foreach (var (name, slot) in _slots)
            {
                if (!parameters._slots.TryGetValue(name, out var owner) || !_graph.HasInitializer(name)) continue;
                slot.Data = owner.Data;
                slot.Indices = owner.Indices;
                placed.Add(slot);
            }
        }

        var others = _slots.Values.Where(slot => !placed.Contains(slot) && !planner.Hosts.ContainsKey(slot)).ToArray();
        var gradients = _slots.Values.Where(slot => slot.HasGradient && !slot.IsTrained && !planner.GradientHosts.ContainsKey(slot)).ToArray();
        var bytes = groups.Sum(group => 4 * Arena.BytesFor(group.Sum(slot => slot.Size)))
            + others.Sum(slot => Arena.BytesFor(slot.Size)) + gradients.Sum(slot => Arena.BytesFor(slot.GradientSize)) + _plan.Kept.Values.Sum(kept => Arena.BytesFor(kept.Floats));
        var arena = new Arena(bytes);
        for (var g = 0; g < groups.Length; g++) Place(arena, _options.Groups[g], groups[g]);
        foreach (var slot in others)
        {
            if (slot.Info.Type == ElementType.Float32) slot.Data = arena.Take(slot.Size);
            else slot.Indices = (int*)arena.Take(slot.Size);
        }

        foreach (var slot in gradients) slot.Gradient = arena.Take(slot.GradientSize);
        foreach (var kept in _plan.Kept.Values) kept.Data = arena.Take(kept.Floats);
        foreach (var slot in planner.Hosts.Keys) slot.Data = HostOf(slot, planner.Hosts).Data;
        foreach (var slot in planner.GradientHosts.Keys) slot.Gradient = HostOf(slot, planner.GradientHosts).Gradient;
        return arena;
    }

    /// <summary>Places a group's parameters, gradients and moments.</summary>
    private void Place(Arena arena, ParameterGroup group, Slot[] slots)
    {
        var size = slots.Sum(slot => slot.Size);
        var memory = new GroupMemory(group.Options, arena.Take(size), arena.Take(size), arena.Take(size), arena.Take(size), size);
        _groups.Add(memory);
        long offset = 0;
        foreach (var slot in slots)
        {
            memory.Offsets.Add((slot.Info.Name, offset));
            slot.Data = memory.Data + offset;
            slot.Gradient = memory.Gradient + offset;
            offset += slot.Size;
        }
    }

    private void ShareMemory(CompiledModel memory)
    {
        foreach (var (name, slot) in _slots)
        {
            var owner = memory._slots[name];
            slot.Data = owner.Data;
            slot.Indices = owner.Indices;
            slot.Gradient = owner.Gradient;
        }

        foreach (var (name, kept) in _plan.Kept) kept.Data = memory._plan.Kept[name].Data;
    }

    private static Slot HostOf(Slot slot, Dictionary<Slot, Slot> hosts)
    {
        while (hosts.TryGetValue(slot, out var host)) slot = host;
        return slot;
    }

    private readonly record struct MomentPointers(nint FirstAddress, nint SecondAddress)
    {
        public MomentPointers(float* first, float* second)
            : this((nint)first, (nint)second)
        {
        }

        public float* First => (float*)FirstAddress;

        public float* Second => (float*)SecondAddress;
    }
}
