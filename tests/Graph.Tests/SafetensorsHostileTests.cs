using System.Buffers.Binary;
using System.Text;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Graph.Tests;

/// <summary>Every rule of the format that a file can break gives one line, and no memory is taken on a file's word.</summary>
public sealed class SafetensorsHostileTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    public void Dispose() => File.Delete(_path);

    [Theory]
    [InlineData("", "its header does not begin with '{'")]
    [InlineData(" {}", "its header does not begin with '{'")]
    [InlineData("[]", "its header does not begin with '{'")]
    [InlineData("{", "its header is not valid JSON")]
    [InlineData("{}x", "its header is not valid JSON")]
    [InlineData("{}{}", "its header is not valid JSON")]
    [InlineData("{/**/}", "its header is not valid JSON")]
    [InlineData("""{"\uD800":{}}""", "its header is not valid JSON")]
    [InlineData("""{"__metadata__":[]}""", "its __metadata__ is not an object")]
    [InlineData("""{"__metadata__":{"a":1}}""", "the value of its metadata key \"a\" is not a string")]
    [InlineData("""{"__metadata__":{"a":{}}}""", "the value of its metadata key \"a\" is not a string")]
    [InlineData("""{"__metadata__":{"a":"","a":""}}""", "its metadata holds the key \"a\" twice")]
    [InlineData("""{"__metadata__":{},"__metadata__":{}}""", "its header holds \"__metadata__\" twice")]
    [InlineData("""{"w":1}""", "tensor \"w\" is not described by an object")]
    [InlineData("""{"w":{}}""", "tensor \"w\" lacks one of dtype, shape, data_offsets")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1]}}""", "tensor \"w\" lacks one of")]
    [InlineData("""{"w":{"dtype":1,"shape":[1],"data_offsets":[0,4]}}""", "has a malformed, repeated or unknown entry \"dtype\"")]
    [InlineData("""{"w":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "has a malformed, repeated or unknown entry \"dtype\"")]
    [InlineData("""{"w":{"dtype":"F32","shape":[-1],"data_offsets":[0,4]}}""", "has a malformed, repeated or unknown entry \"shape\"")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1.5],"data_offsets":[0,4]}}""", "has a malformed, repeated or unknown entry \"shape\"")]
    [InlineData("""{"w":{"dtype":"F32","shape":[[1]],"data_offsets":[0,4]}}""", "has a malformed, repeated or unknown entry \"shape\"")]
    [InlineData("""{"w":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,4]}}""", "has a malformed, repeated or unknown entry \"shape\"")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0]}}""", "has a malformed, repeated or unknown entry \"data_offsets\"")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4,8]}}""", "has a malformed, repeated or unknown entry \"data_offsets\"")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4],"x":0}}""", "has a malformed, repeated or unknown entry \"x\"")]
    [InlineData("""{"w":{"dtype":"F8_E4M3","shape":[4],"data_offsets":[0,4]}}""", "has the dtype \"F8_E4M3\", which is not supported (supported: F32, F64,")]
    [InlineData("""{"w":{"dtype":"F32","shape":[4294967296,4294967296],"data_offsets":[0,4]}}""", "whose size overflows")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}}""", "has 4 bytes of data, but its shape [2] of F32 needs 8")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[4,0]}}""", "whose end lies before their begin")]
    [InlineData("""{"w":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "its header describes 8 bytes of data, but 4 follow")]
    [InlineData("{}", "its header describes 0 bytes of data, but 4 follow")]
    [InlineData("""{"w":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "the data of tensor \"w\" begin at byte 2 where 0 is next: a hole or an overlap")]
    [InlineData("""{"w":{"dtype":"U8","shape":[3],"data_offsets":[0,3]},"v":{"dtype":"U8","shape":[2],"data_offsets":[2,4]}}""", "the data of tensor \"v\" begin at byte 2 where 3 is next")]
    [InlineData("""{"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"w":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "its header holds \"w\" twice")]
    public void Broken_rules(string header, string message)
    {
        var line = Attempt(Bytes(header, dataLength: 4));
        Assert.Contains(message, line, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""" {"w":{"shape":[],"data_offsets":[0,4],"dtype":"I32"}}""", 1)]
    [InlineData("""{"v":{"dtype":"U8","shape":[2],"data_offsets":[2,4]},"e":{"dtype":"F32","shape":[0,7],"data_offsets":[2,2]},"w":{"dtype":"I8","shape":[2],"data_offsets":[0,2]}}""", 3)]
    public void Other_orders_and_empty_tensors_are_fine(string header, int count) =>
        Assert.Equal(count, SafetensorsFile.Parse(Bytes(header.Trim(), 4), "f").Tensors.Count);

    [Fact]
    public void Nesting_is_not_followed() =>
        Assert.Contains("is not an object", Attempt(Bytes("""{"__metadata__":""" + new string('[', 100_000), 0)), StringComparison.Ordinal);

    [Theory]
    [InlineData(1L << 60, "more than the format's 100000000")]
    [InlineData(-1L, "states a header of 18446744073709551615 bytes")]
    [InlineData(100_000_001L, "more than the format's 100000000")]
    [InlineData(100_000_000L, "but only 10 follow: it is cut off, or not a safetensors file")]
    [InlineData(11L, "but only 10 follow")]
    public void A_stated_header_length_takes_no_memory(long length, string message)
    {
        var bytes = new byte[18];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, length);
        Assert.Contains(message, Attempt(bytes, 16_384), StringComparison.Ordinal);
    }

    [Fact]
    public void A_stated_tensor_size_takes_no_memory() =>
        Assert.Contains("but 4 follow", Attempt(Bytes("""{"w":{"dtype":"F32","shape":[500000000],"data_offsets":[0,2000000000]}}""", 4), 32_768), StringComparison.Ordinal);

    [Fact]
    public void Every_truncation_is_noticed()
    {
        var bytes = Toy();
        for (var length = 0; length < bytes.Length; length++)
        {
            var line = OnnxHostile.Attempt(() => SafetensorsFile.Parse(bytes.AsMemory(0, length), "cut.safetensors"), Budget(length));
            Assert.StartsWith("cut.safetensors: ", line, StringComparison.Ordinal);
        }

        Assert.NotNull(Attempt(bytes[..4]));
        Assert.NotNull(Attempt(bytes[..^1]));
        Assert.NotNull(Attempt([.. bytes, 0]));
    }

    [Fact]
    public void Random_damage_gives_content_or_a_line()
    {
        var bytes = Toy();
        var random = new Random(22);
        var refused = 0;
        for (var i = 0; i < 2000; i++)
        {
            var damaged = OnnxHostile.Damage(bytes, random);
            if (OnnxHostile.Attempt(() => SafetensorsFile.Parse(damaged, "bad.safetensors"), Budget(damaged.Length)) is not null) refused++;
        }

        Assert.InRange(refused, 400, 1999);
    }

    private static long Budget(int length) => 65_536 + (32L * length);

    private byte[] Toy()
    {
        SafetensorsFile.Write(_path, OnnxToyModel.Parameters(new Random(4)), new Dictionary<string, string> { ["run"] = OnnxToyModel.Run, ["step"] = "10" });
        return File.ReadAllBytes(_path);
    }

    private static byte[] Bytes(string header, int dataLength)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + json.Length + dataLength];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, json.Length);
        json.CopyTo(bytes, 8);
        return bytes;
    }

    /// <summary>From a file and from memory: the same line.</summary>
    private string? Attempt(byte[] bytes, long mostBytes = long.MaxValue)
    {
        File.WriteAllBytes(_path, bytes);
        var fromFile = OnnxHostile.Attempt(() => SafetensorsFile.Read(_path), mostBytes);
        Assert.Equal(fromFile, OnnxHostile.Attempt(() => SafetensorsFile.Parse(bytes, _path), mostBytes));
        return fromFile;
    }
}
