using Goldilocks.Graph.Onnx;

namespace Goldilocks.Graph.Tests;

/// <summary>Damaged files: one line, never another exception, and memory in proportion to the file.</summary>
public class OnnxHostileTests
{
    private static readonly byte[] Bytes = OnnxFile.Serialize(OnnxToyModel.Create());

    [Fact]
    public void Every_truncation_is_noticed()
    {
        for (var length = 0; length < Bytes.Length; length++)
        {
            var line = OnnxHostile.Attempt(() => OnnxFile.Parse(Bytes.AsSpan(0, length), "cut.onnx"), Budget(length));
            Assert.StartsWith("cut.onnx: ", line, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Random_damage_gives_a_graph_or_a_line()
    {
        var random = new Random(20);
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            var damaged = OnnxHostile.Damage(Bytes, random);
            if (OnnxHostile.Attempt(() => OnnxFile.Parse(damaged, "bad.onnx"), Budget(damaged.Length)) is not null) refused++;
        }

        // Damage to weights and texts goes unnoticed; most of the rest does not.
        Assert.InRange(refused, 400, 1999);
    }

    [Fact]
    public void Random_bytes_give_a_line()
    {
        var random = new Random(21);
        for (var i = 0; i < 500; i++)
        {
            var noise = new byte[random.Next(64)];
            random.NextBytes(noise);
            Assert.NotNull(OnnxHostile.Attempt(() => OnnxFile.Parse(noise, "noise.onnx"), Budget(noise.Length)));
        }
    }

    /// <summary>The densest message is an empty node of two bytes, about a hundred times its size in memory.</summary>
    private static long Budget(int length) => 65_536 + (128L * length);

    [Fact]
    public void Many_empty_nodes_stay_in_proportion()
    {
        // graph { node {} node {} ... }: 200,000 bytes.
        byte[] bytes = [0x08, 9, 0x42, 2, 0x10, 20, 0x3A, 0xC0, 0x9A, 0x0C, .. Enumerable.Repeat<byte[]>([0x0A, 0], 100_000).SelectMany(node => node)];
        var line = OnnxHostile.Attempt(() => OnnxFile.Parse(bytes, "m"), 1024L * bytes.Length);
        Assert.NotNull(line);
    }

    [Theory]
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07 })] // a graph of 2^31 - 1 bytes
    [InlineData(new byte[] { 0x3A, 10, 0x2A, 8, 0x4A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 0 })] // raw_data of 2^31 - 1 bytes
    [InlineData(new byte[] { 0x3A, 10, 0x2A, 8, 0x22, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 0 })] // packed float_data of 2^31 - 1 bytes
    [InlineData(new byte[] { 0x3A, 10, 0x2A, 8, 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0, 0 })] // packed int64_data of 2^31 - 1 bytes
    [InlineData(new byte[] { 0x3A, 10, 0x2A, 8, 0x22, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F, 0, 0 })] // a negative length
    public void Stated_lengths_take_no_memory(byte[] bytes) =>
        Assert.Contains("is not an ONNX file, or is cut off", OnnxHostile.Attempt(() => OnnxFile.Parse(bytes, "m"), 65_536), StringComparison.Ordinal);
}
