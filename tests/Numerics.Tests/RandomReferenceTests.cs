using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Numerics.Tests;

/// <summary>Figures printed by NumPy 1.24 and PyTorch 1.13 for the draw order of the toy-addition recipe.</summary>
public class RandomReferenceTests
{
    [Fact]
    public void Mersenne_twister_matches_the_authors_test_value()
    {
        // The 10,000th output for seed 5489, as the C++ standard states it for mt19937.
        var source = new MersenneTwister(5489);
        var last = 0u;
        for (var i = 0; i < 10_000; i++) last = source.NextUInt32();
        Assert.Equal(4123659995u, last);
    }

    [Fact]
    public void Numpy_stream_of_seed_58_gives_targets_split_and_first_batch()
    {
        var random = new NumpyLegacyRandom(58);
        var targets = new double[19 * 30];
        random.FillNormal(targets);
        Assert.Equal(-0.7601861461745268, targets[0]);
        Assert.Equal(-2.1015840108460413, targets[1]);
        Assert.Equal(-0.8097566845768907, targets[2]);
        Assert.Equal(-0.00751725919062005, targets[3]);
        Assert.Equal(-2.0393566583304, targets[^1]);
        Assert.Equal(
            "12 32 27 47 46 54 18 50 20 35 42 11 23 0 3 9 28 1 45 48 38 37 10 22 5 41 6 49 24 39 19 31 52 33 29 8 51 7 25 30 17 26 53 13 15",
            string.Join(' ', random.Choice(55, 45)));
        Assert.Equal("42 21 43 14 31 0 17 29 5 28", string.Join(' ', random.Choice(45, 45)[..10]));
    }

    [Fact]
    public void Numpy_stream_of_seed_0()
    {
        var random = new NumpyLegacyRandom(0);
        double[] expected = [1.764052346, 0.400157208, 0.978737984, 2.240893199, 1.86755799];
        Assert.All(expected, value => Assert.Equal(value, random.NextNormal(), 5e-10));
        Assert.Equal([32, 29, 41, 26, 54], random.Choice(55, 5));
    }

    [Fact]
    public void Torch_stream_of_seed_58_gives_embedding_and_decoder()
    {
        var random = new TorchCpuRandom(58);
        var embedding = new float[10];
        for (var i = 0; i < embedding.Length; i++) embedding[i] = random.NextSingle() - 0.5f;
        Assert.Equal(
            [-0.032972157f, -0.144132614f, 0.00871413946f, -0.311094701f, 0.491448283f, -0.0999209285f, -0.140752614f, -0.44361949f, -0.12903446f, 0.154184401f],
            embedding);

        // Linear 1, 2, 3: first entries, last entry and SHA-256 of the float32 bytes of weight and bias.
        var (weight, bias) = Linear(random, 1, 200);
        Assert.Equal([-0.707386732f, 0.73804152f, -0.892120361f], weight[..3]);
        Assert.Equal(-0.171263337f, weight[^1]);
        Assert.Equal([-0.269936204f, 0.189444065f], bias[..2]);
        Assert.Equal("97CB10EB4C821D5FF4DA96FE61FD2CE1BA07E230ABB852696466ED3EFBEE799A", Hash(weight));
        Assert.Equal("D738306AB404D2AC4EE4C0A51866BAFA7FFEE16F9F9DBF858DF69130DAA6DBB3", Hash(bias));

        (weight, bias) = Linear(random, 200, 200);
        Assert.Equal([-0.00762228342f, -0.0266617015f, -0.0320104063f], weight[..3]);
        Assert.Equal(0.0532478504f, weight[^1]);
        Assert.Equal("093CB3C823AFE37F3C68D88BD2328A0F74830D56EE4340F5CE7E3735AF350AD1", Hash(weight));
        Assert.Equal("804536AC40406478DBA6302B0D9D984580A0698C1B9F47F6B5DC43C02F7E916E", Hash(bias));

        (weight, bias) = Linear(random, 200, 30);
        Assert.Equal([-0.0277556572f, 0.025474973f, -0.0683477744f], weight[..3]);
        Assert.Equal(-0.0651488751f, weight[^1]);
        Assert.Equal([0.0473297164f, -0.0698156357f], bias[..2]);
        Assert.Equal("73D92606AEB69EC8B0F5DF580ACD3C8FBA1EAE64C969372CA2826425F221F0F6", Hash(weight));
        Assert.Equal("12B9CFE419BB798A31080F7D4F5A6421B5BA936672A7D44A7A307B473ABC7242", Hash(bias));
    }

    [Fact]
    public void Torch_stream_of_seed_0()
    {
        var random = new TorchCpuRandom(0);
        var values = new float[5];
        random.FillUniform(values);
        Assert.Equal([0.4962565899f, 0.7682217956f, 0.0884774327f, 0.1320304871f, 0.3074228168f], values);
    }

    [Fact]
    public void Torch_uniform_over_an_asymmetric_range_rounds_alike()
    {
        var values = new float[1000];
        new TorchCpuRandom(3).FillUniform(values, 0.1f, 0.33f);
        Assert.Equal("6499C5BF9215B43DBAEAD545C4FBAAB2020D6FB442B8541078085B9C82EB1B55", Hash(values));
    }

    [Fact]
    public void Linear_lengths_are_checked()
        => Assert.Throws<ArgumentException>(() => new TorchCpuRandom(0).FillLinear(new float[7], new float[2]));

    private static (float[] Weight, float[] Bias) Linear(TorchCpuRandom random, int fanIn, int fanOut)
    {
        var (weight, bias) = (new float[fanOut * fanIn], new float[fanOut]);
        random.FillLinear(weight, bias);
        return (weight, bias);
    }

    private static string Hash(float[] values) => Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes<float>(values)));
}
