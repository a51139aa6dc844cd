using Goldilocks.Graph;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Train;

/// <summary>Initial parameters by state-dict name, each drawn from a stream of its own: another layer moves none of the others.</summary>
internal sealed class ParameterDraws(ulong seed)
{
    private readonly List<KeyValuePair<string, Tensor>> _parameters = [];

    /// <summary>What was drawn so far, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, Tensor>> All => _parameters;

    /// <summary>Normal values of mean 0.</summary>
    public string Normal(string name, RandomStream stream, double deviation, params long[] shape)
    {
        var values = new double[shape.Aggregate(1L, (product, size) => product * size)];
        Stream(name, stream).FillNormal(values);
        return Add(name, Tensor.Of([.. values.Select(value => (float)(value * deviation))], shape));
    }

    /// <summary>Values uniform in [-bound, bound].</summary>
    public string Uniform(string name, double bound, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        Stream(name, RandomStream.Decoder).FillUniform(values, (float)-bound, (float)bound);
        return Add(name, Tensor.Of(values, shape));
    }

    /// <summary>One value everywhere.</summary>
    public string Constant(string name, float value, params long[] shape)
    {
        var values = new float[shape.Aggregate(1L, (product, size) => product * size)];
        Array.Fill(values, value);
        return Add(name, Tensor.Of(values, shape));
    }

    /// <summary>PyTorch's default <c>Linear</c>: weight [out, in] and bias [out], uniform in ±scale/√in.</summary>
    public (string Weight, string Bias) Linear(string name, int inputs, int outputs, double scale = 1)
    {
        var bound = scale / Math.Sqrt(inputs);
        return (Uniform($"{name}.weight", bound, outputs, inputs), Uniform($"{name}.bias", bound, outputs));
    }

    /// <summary>The substream of a parameter is the hash of its name (FNV-1a).</summary>
    private CounterRandom Stream(string name, RandomStream stream) =>
        new(seed, stream, name.Aggregate(2166136261u, (hash, letter) => unchecked((hash ^ letter) * 16777619u)));

    private string Add(string name, Tensor tensor)
    {
        _parameters.Add(new(name, tensor));
        return name;
    }
}
