namespace Goldilocks.Graph.Compile;

/// <summary>Memory that an operator's forward pass leaves for its backward pass.</summary>
internal sealed unsafe class Kept(long floats)
{
    public long Floats => floats;

    /// <summary>Valid once the plan's memory was laid out.</summary>
    public float* Data { get; set; }
}
