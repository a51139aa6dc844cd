namespace Goldilocks.Numerics.Generators;

/// <summary>PyTorch's CPU generator (<c>torch.manual_seed</c>) for float32 uniforms, drawn serially, and the default Linear initialisation.</summary>
public sealed class TorchCpuRandom(uint seed)
{
    private const float Unit = 1f / (1 << 24);

    private readonly MersenneTwister _source = new(seed);

    /// <summary>One element of <c>torch.rand</c>: 24 random bits in [0, 1).</summary>
    public float NextSingle() => (_source.NextUInt32() & 0xFFFFFF) * Unit;

    /// <summary>One element of <c>uniform_(low, high)</c>: the range in single precision, the rest in double, rounded once.</summary>
    public float NextUniform(float low, float high) => (float)(((double)NextSingle() * (high - low)) + low);

    /// <summary><c>torch.rand</c> in row-major order.</summary>
    public void FillUniform(Span<float> destination)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = NextSingle();
    }

    /// <summary><c>uniform_(low, high)</c> in row-major order.</summary>
    public void FillUniform(Span<float> destination, float low, float high)
    {
        for (var i = 0; i < destination.Length; i++) destination[i] = NextUniform(low, high);
    }

    /// <summary>
    /// The default initialisation of <c>torch.nn.Linear</c>: <paramref name="weight"/> [out, in] first, then <paramref name="bias"/> [out],
    /// both uniform in ±1/√in.
    /// </summary>
    /// <param name="weight">Length out · in; <c>in</c> follows from the length of <paramref name="bias"/>.</param>
    /// <param name="bias">Length out.</param>
    /// <exception cref="ArgumentException">The lengths do not describe a Linear.</exception>
    public void FillLinear(Span<float> weight, Span<float> bias)
    {
        if (bias.IsEmpty || weight.IsEmpty || weight.Length % bias.Length != 0)
        {
            throw new ArgumentException($"a Linear's weight has out*in entries and its bias out: got {weight.Length} and {bias.Length}", nameof(weight));
        }

        // The weight's bound takes PyTorch's detour through kaiming_uniform_(a = sqrt 5), whose rounding differs from 1/sqrt(in).
        var fanIn = weight.Length / bias.Length;
        var gain = Math.Sqrt(2.0 / (1.0 + (Math.Sqrt(5.0) * Math.Sqrt(5.0))));
        var weightBound = (float)(Math.Sqrt(3.0) * (gain / Math.Sqrt(fanIn)));
        var biasBound = (float)(1.0 / Math.Sqrt(fanIn));
        FillUniform(weight, -weightBound, weightBound);
        FillUniform(bias, -biasBound, biasBound);
    }
}
