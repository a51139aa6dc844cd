using Goldilocks.Numerics.Generators;

namespace Goldilocks.Numerics.Tests;

public class RandomCounterTests
{
    [Fact]
    public void Words_are_the_Philox_blocks_of_seed_and_stream()
    {
        var random = new CounterRandom(0x1122334455667788, RandomStream.Split, substream: 9);
        var expected = Philox.Block(0, 0, (uint)RandomStream.Split, 9, 0x55667788, 0x11223344);
        Assert.Equal(expected, (random.NextUInt32(), random.NextUInt32(), random.NextUInt32(), random.NextUInt32()));
        Assert.Equal(Philox.Block(1, 0, (uint)RandomStream.Split, 9, 0x55667788, 0x11223344).X0, random.NextUInt32());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(1023)]
    public void Setting_the_position_continues_the_same_sequence(int skipped)
    {
        var whole = new CounterRandom(7, RandomStream.Batches);
        for (var i = 0; i < skipped; i++) whole.NextUInt32();
        var jumped = new CounterRandom(7, RandomStream.Batches) { Position = (ulong)skipped };
        for (var i = 0; i < 9; i++) Assert.Equal(whole.NextUInt32(), jumped.NextUInt32());
        Assert.Equal(whole.Position, jumped.Position);
    }

    [Fact]
    public void Setting_the_substream_is_a_new_generator()
    {
        var random = new CounterRandom(7, RandomStream.Batches, 3);
        for (var i = 0; i < 6; i++) random.NextUInt32();
        random.Substream = 8;
        var expected = new CounterRandom(7, RandomStream.Batches, 8);
        Assert.Equal(8u, random.Substream);
        for (var i = 0; i < 9; i++) Assert.Equal(expected.NextUInt32(), random.NextUInt32());
    }

    [Fact]
    public void Streams_substreams_and_seeds_differ()
    {
        var firsts = new HashSet<ulong>();
        foreach (var stream in Enum.GetValues<RandomStream>())
        {
            for (var sub = 0u; sub < 10; sub++)
            {
                foreach (var seed in new[] { 0ul, 1ul, 1ul << 32, ulong.MaxValue }) Assert.True(firsts.Add(new CounterRandom(seed, stream, sub).NextUInt64()));
            }
        }
    }

    [Fact]
    public void Uniforms_and_normals_have_their_moments()
    {
        const int count = 200_000;
        var random = new CounterRandom(1, RandomStream.MonteCarlo);
        double u1 = 0, u2 = 0, n1 = 0, n2 = 0, n4 = 0;
        for (var i = 0; i < count; i++)
        {
            var u = random.NextDouble();
            Assert.InRange(u, 0.0, 1.0 - 1e-16);
            u1 += u;
            u2 += u * u;
            var n = random.NextNormal();
            n1 += n;
            n2 += n * n;
            n4 += n * n * n * n;
        }

        // Five standard errors of each mean.
        Assert.Equal(0.5, u1 / count, 5 * Math.Sqrt(1.0 / 12 / count));
        Assert.Equal(1.0 / 3, u2 / count, 5 * Math.Sqrt(4.0 / 45 / count));
        Assert.Equal(0.0, n1 / count, 5 / Math.Sqrt(count));
        Assert.Equal(1.0, n2 / count, 5 * Math.Sqrt(2.0 / count));
        Assert.Equal(3.0, n4 / count, 5 * Math.Sqrt(96.0 / count));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(55)]
    public void Bounded_integers_are_uniform(int bound)
    {
        const int each = 4000;
        var random = new CounterRandom(3, RandomStream.MonteCarlo, (uint)bound);
        var seen = new int[bound];
        for (var i = 0; i < each * bound; i++) seen[random.NextInt32(bound)]++;
        Assert.All(seen, count => Assert.InRange(count, each - (5 * (int)Math.Sqrt(each)), each + (5 * (int)Math.Sqrt(each))));
    }

    [Fact]
    public void Bounds_near_the_largest_are_respected()
    {
        var random = new CounterRandom(4, RandomStream.MonteCarlo);
        for (var i = 0; i < 1000; i++) Assert.InRange(random.NextInt32(int.MaxValue), 0, int.MaxValue - 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.NextInt32(0));
    }

    [Fact]
    public void Choice_draws_distinct_indices_and_every_subset_equally()
    {
        var counts = new Dictionary<int, int>();
        for (var seed = 0ul; seed < 20_000; seed++)
        {
            var chosen = new CounterRandom(seed, RandomStream.Split).Choice(5, 2);
            Assert.NotEqual(chosen[0], chosen[1]);
            var key = (chosen[0] * 5) + chosen[1];
            counts[key] = counts.GetValueOrDefault(key) + 1;
        }

        Assert.Equal(20, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 840, 1160));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CounterRandom(0, RandomStream.Split).Choice(5, 6));
    }

    [Fact]
    public void Shuffle_makes_every_order_equally_likely()
    {
        var random = new CounterRandom(5, RandomStream.Batches);
        var counts = new Dictionary<string, int>();
        Span<char> items = stackalloc char[3];
        for (var i = 0; i < 12_000; i++)
        {
            "abc".CopyTo(items);
            random.Shuffle(items);
            counts[items.ToString()] = counts.GetValueOrDefault(items.ToString()) + 1;
        }

        Assert.Equal(6, counts.Count);
        Assert.All(counts.Values, count => Assert.InRange(count, 1780, 2220));
    }
}
