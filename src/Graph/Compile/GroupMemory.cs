using Goldilocks.Numerics;

namespace Goldilocks.Graph.Compile;

/// <summary>A group of trained parameters one after another: values, gradients and moments, the same place in each.</summary>
internal sealed unsafe class GroupMemory(AdamWOptions options, float* data, float* gradient, float* first, float* second, long size)
{
    public AdamWOptions Options => options;

    public float* Data => data;

    public float* Gradient => gradient;

    public float* First => first;

    public float* Second => second;

    /// <summary>Floats of each, padding included.</summary>
    public long Size => size;

    /// <summary>Where each parameter begins.</summary>
    public List<(string Name, long Offset)> Offsets { get; } = [];
}
