using Goldilocks.Numerics;

namespace Goldilocks.Graph.Compile;

/// <summary>Writes a gradient, or a contribution to one, to its argument: every row whole, zeros in the padding.</summary>
internal unsafe delegate void GradientWriter(float* destination);

/// <summary>What operators append their kernels to.</summary>
internal sealed unsafe class PlanBuilder(InstructionSet set, ulong dropoutSeed, Planner planner)
{
    private readonly Dictionary<string, Kept> _kept = new(StringComparer.Ordinal);
    private long _scratchFloats;
    private uint _dropouts;

    public InstructionSet Set { get; } = set;

    /// <summary>Key of the dropout masks.</summary>
    public ulong DropoutSeed { get; } = dropoutSeed;

    /// <summary>Where the pass stands.</summary>
    public BatchPosition Position { get; } = new();

    /// <summary>What nodes keep between their passes, by their names.</summary>
    public IReadOnlyDictionary<string, Kept> Kept => _kept;

    public List<Kernel> Kernels { get; } = [];

    /// <summary>Working memory shared by all kernels, which run one after another; valid once <see cref="Allocate"/> was called.</summary>
    public float* Scratch { get; private set; }

    /// <summary>Announces how much scratch a kernel uses.</summary>
    public void NeedScratch(long floats) => _scratchFloats = Math.Max(_scratchFloats, floats);

    /// <summary>Memory that stays untouched from a node's forward pass to its backward pass.</summary>
    public Kept Keep(long floats, PlannedNode node)
    {
        var kept = new Kept(floats);
        _kept.Add(node.Node.Name, kept);
        return kept;
    }

    /// <summary>What the node's forward pass kept.</summary>
    public Kept KeptOf(PlannedNode node) => _kept[node.Node.Name];

    /// <summary>A number for each dropout of the plan, in order.</summary>
    public uint NextDropoutSite() => _dropouts++;

    /// <summary>Whether a value's gradient lies in another's memory.</summary>
    public bool SharesGradient(Slot slot) => planner.GradientHosts.ContainsKey(slot);

    /// <summary>Zeroes what lies behind the true columns of a row. A gradient may be written to scratch, which holds what other kernels left.</summary>
    public static void ClearPadding(Slot slot, float* row) => new Span<float>(row + slot.Columns, slot.Stride - slot.Columns).Clear();

    public void Emit(string name, Action run, long flops = 0) => Kernels.Add(new Kernel(name, flops, run));

    /// <summary>
    /// Emits a kernel that computes a contribution to <paramref name="slot"/>'s gradient: straight into place when it is the first, otherwise
    /// through scratch and an addition. Does nothing when no parameter depends on the slot.
    /// </summary>
    public void EmitGradient(Slot slot, string name, GradientWriter write, long flops = 0)
    {
        if (!slot.NeedsGradient) return;
        if (!slot.HasGradient)
        {
            slot.HasGradient = true;
            Emit(name, () => write(slot.Gradient), flops);
            return;
        }

        NeedScratch(slot.GradientSize);
        Emit(name, () =>
        {
            write(Scratch);
            Elementwise.Add(slot.Gradient, Scratch, slot.Gradient, slot.GradientSize, Set);
        }, flops);
    }

    /// <summary>Takes the scratch memory.</summary>
    public Arena Allocate()
    {
        var arena = new Arena(Arena.BytesFor(_scratchFloats + Layout.Lanes));
        Scratch = arena.Take(_scratchFloats);
        return arena;
    }
}
