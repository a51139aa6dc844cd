using Goldilocks.Graph;
using Goldilocks.Native;

namespace Goldilocks.Analyze;

/// <summary>The weights of one architecture as inputs of a binding: memory that is bound once and refilled for each checkpoint.</summary>
internal sealed class BoundWeights
{
    private readonly Dictionary<string, float[]> _weights = new(StringComparer.Ordinal);

    public BoundWeights(OrtBinding binding, ModelGraph graph)
    {
        foreach (var (name, weight) in SharedModel.Weights(graph))
        {
            _weights[name] = new float[weight.Count];
            binding.Input<float>(name, _weights[name], [.. weight.Shape]);
        }
    }

    /// <summary>Takes the weights of <paramref name="graph"/>, which has the same architecture.</summary>
    public void Fill(ModelGraph graph)
    {
        foreach (var (name, weight) in SharedModel.Weights(graph)) weight.AsFloats().CopyTo(_weights[name]);
    }
}
