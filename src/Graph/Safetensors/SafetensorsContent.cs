namespace Goldilocks.Graph.Safetensors;

/// <summary>What a safetensors file holds.</summary>
/// <param name="Tensors">Tensors by name, in the order of the file's header.</param>
/// <param name="Metadata">The header's <c>__metadata__</c>; empty when there is none.</param>
public sealed record SafetensorsContent(IReadOnlyList<KeyValuePair<string, Tensor>> Tensors, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The tensor of a name, or null.</summary>
    public Tensor? Find(string name)
    {
        foreach (var (key, tensor) in Tensors)
            if (key == name) return tensor;
        return null;
    }
}
