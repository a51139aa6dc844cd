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
    private readonly List<Kernel> _forward;
    private readonly List<Kernel> _backward;
    private readonly List<GroupMemory> _groups = [];
    private readonly Arena _arena;
    private readonly Arena _scratch;
    private readonly string? _loss;
    private readonly InstructionSet _set;

    private CompiledModel(ModelGraph graph, CompileOptions options)
    {
        _set = options.Set;
        _loss = options.Loss;
        var plan = new PlanBuilder(options.Set);
        var planner = new Planner(graph, options);
        _slots = planner.Slots;
        planner.EmitForward(plan);
        var forward = plan.Kernels.Count;
        planner.EmitBackward(plan);
        _forward = plan.Kernels[..forward];
        _backward = plan.Kernels[forward..];
        _scratch = plan.Allocate();
        _arena = Allocate(planner, options);
        foreach (var (name, tensor) in graph.Initializers)
        {
            if (!_slots.TryGetValue(name, out var slot)) continue;
            if (slot.Info.Type == ElementType.Float32) slot.FromDense(tensor.AsFloats(), slot.Data);
            else if (slot.Info.Type == ElementType.Int64) slot.FromConstant(tensor.AsInt64s());
        }

        if (_loss is not null) _slots[_loss].Gradient[0] = 1;
    }

    /// <summary>The kernels of one training step, in order.</summary>
    public IEnumerable<Kernel> Kernels => _forward.Concat(_backward);

    /// <summary>Floating-point operations of the matrix products of one training step.</summary>
    public long FlopsPerStep => Kernels.Sum(kernel => kernel.Flops);

    /// <summary>Compiles <paramref name="graph"/>.</summary>
    /// <exception cref="GoldilocksException">An operator, a shape or a name does not fit.</exception>
    public static CompiledModel Compile(ModelGraph graph, CompileOptions options) => new(graph, options);

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
        foreach (var kernel in _backward) kernel.Run();
    }

    /// <summary>One AdamW update of every group.</summary>
    /// <param name="step">1 for the first update.</param>
    public void Update(long step)
    {
        foreach (var group in _groups) AdamW.Update(group.Options, step, group.Data, group.Gradient, group.First, group.Second, group.Size, _set);
    }

    public void Dispose()
    {
        _arena.Dispose();
        _scratch.Dispose();
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
    private Arena Allocate(Planner planner, CompileOptions options)
    {
        var groups = options.Groups.Select(group => group.Parameters.Select(Find).ToArray()).ToArray();
        var trained = groups.SelectMany(group => group).ToHashSet();
        var others = _slots.Values.Where(slot => !trained.Contains(slot) && !planner.Aliases.ContainsKey(slot)).ToArray();
        var gradients = others.Concat(planner.Aliases.Where(alias => !alias.Value.IsGradientOverwritten).Select(alias => alias.Key)).Where(slot => slot.HasGradient).ToArray();
        var bytes = groups.Sum(group => 4 * Arena.BytesFor(group.Sum(slot => slot.Size)))
            + others.Sum(slot => Arena.BytesFor(slot.Size)) + gradients.Sum(slot => Arena.BytesFor(slot.GradientSize));
        var arena = new Arena(bytes);
        for (var g = 0; g < groups.Length; g++)
        {
            var size = groups[g].Sum(slot => slot.Size);
            var memory = new GroupMemory(options.Groups[g].Options, arena.Take(size), arena.Take(size), arena.Take(size), arena.Take(size), size);
            _groups.Add(memory);
            long offset = 0;
            foreach (var slot in groups[g])
            {
                slot.Data = memory.Data + offset;
                slot.Gradient = memory.Gradient + offset;
                offset += slot.Size;
            }
        }

        foreach (var slot in others)
        {
            if (slot.Info.Type == ElementType.Float32) slot.Data = arena.Take(slot.Size);
            else slot.Indices = (int*)arena.Take(slot.Size);
        }

        foreach (var slot in gradients) slot.Gradient = arena.Take(slot.GradientSize);
        foreach (var (slot, host) in planner.Aliases)
        {
            slot.Data = host.Data;
            if (host.IsGradientOverwritten) slot.Gradient = host.Gradient;
        }

        return arena;
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

    private sealed class GroupMemory(AdamWOptions options, float* data, float* gradient, float* first, float* second, long size)
    {
        public AdamWOptions Options => options;

        public float* Data => data;

        public float* Gradient => gradient;

        public float* First => first;

        public float* Second => second;

        public long Size => size;
    }
}
