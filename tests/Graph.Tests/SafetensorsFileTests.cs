using System.Buffers.Binary;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Goldilocks.Graph.Safetensors;

namespace Goldilocks.Graph.Tests;

public sealed class SafetensorsFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("goldilocks-safetensors-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Reading_gives_back_what_was_written() =>
        Prop.ForAll(Gen.Choose(0, int.MaxValue).ToArbitrary(), seed =>
        {
            var random = new Random(seed);
            var tensors = Enumerable.Range(0, random.Next(6)).Select(i => KeyValuePair.Create(OnnxRandomGraph.Text(random) + i, OnnxRandomGraph.RandomTensor(random))).ToArray();
            var metadata = Enumerable.Range(0, random.Next(4)).ToDictionary(i => OnnxRandomGraph.Text(random) + i, _ => OnnxRandomGraph.Text(random));
            var path = Path.Combine(_folder, "t.safetensors");
            SafetensorsFile.Write(path, tensors, metadata);
            var bytes = File.ReadAllBytes(path);
            foreach (var content in (SafetensorsContent[])[SafetensorsFile.Read(path), SafetensorsFile.Parse(bytes, "memory")])
            {
                OnnxSame.Tensors(tensors, content.Tensors);
                Assert.Equal(metadata.OrderBy(x => x.Key, StringComparer.Ordinal), content.Metadata);
            }

            Assert.Equal(0, BinaryPrimitives.ReadInt64LittleEndian(bytes) % 8);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(100));

    [Fact]
    public void The_bytes_are_those_of_the_format()
    {
        var path = Path.Combine(_folder, "t.safetensors");
        SafetensorsFile.Write(
            path,
            [new("w", Tensor.Of([1f, -2f], 2, 1)), new("n", Tensor.Of([258L]))],
            new Dictionary<string, string> { ["step"] = "7", ["Run"] = "é" });
        const string Header = """{"__metadata__":{"Run":"é","step":"7"},"w":{"dtype":"F32","shape":[2,1],"data_offsets":[0,8]},"n":{"dtype":"I64","shape":[],"data_offsets":[8,16]}}""";
        var padded = Encoding.UTF8.GetBytes(Header + "       ")[..152];
        Assert.Equal([152, 0, 0, 0, 0, 0, 0, 0, .. padded, .. Convert.FromHexString("0000803F000000C00201000000000000")], File.ReadAllBytes(path));
    }

    [Fact]
    public void Nothing_at_all_is_a_file()
    {
        var path = Path.Combine(_folder, "t.safetensors");
        SafetensorsFile.Write(path, [], new Dictionary<string, string>());
        Assert.Equal("0800000000000000" + "7B7D202020202020", Convert.ToHexString(File.ReadAllBytes(path)));
        Assert.Empty(SafetensorsFile.Read(path).Tensors);
    }

    [Theory]
    [InlineData("w", "w")]
    [InlineData("w", "__metadata__")]
    public void Names_used_twice_or_reserved_are_not_written(string first, string second)
    {
        var path = Path.Combine(_folder, "t.safetensors");
        Assert.Throws<ArgumentException>(() => SafetensorsFile.Write(path, [new(first, Tensor.Of([1L])), new(second, Tensor.Of([1L]))], new Dictionary<string, string>()));
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public void Tensors_are_found_by_name()
    {
        SafetensorsContent content = new([new("w", Tensor.Of([5L]))], new Dictionary<string, string>());
        Assert.Equal([5], content.Find("w")!.AsInt64s().ToArray());
        Assert.Null(content.Find("v"));
    }

    /// <summary>A reader written from the format's description alone.</summary>
    private const string PlainReader = """
        import json, struct, sys
        blob = open(sys.argv[1], "rb").read()
        (n,) = struct.unpack("<Q", blob[:8])
        assert n % 8 == 0 and blob[8:9] == b"{"
        header = json.loads(blob[8 : 8 + n].decode("utf-8"))
        data = blob[8 + n :]
        for key, value in header.pop("__metadata__", {}).items():
            print("metadata", key, value)
        end = 0
        for name, entry in header.items():
            begin, stop = entry["data_offsets"]
            assert begin == end
            end = stop
            print("tensor", name, entry["dtype"], entry["shape"], data[begin:stop].hex().upper())
        assert end == len(data)
        """;

    [OnnxFactIfPython]
    public void A_plain_python_reader_sees_the_same()
    {
        var path = Path.Combine(_folder, "t.safetensors");
        var parameters = OnnxToyModel.Parameters(new Random(3));
        SafetensorsFile.Write(path, parameters, new Dictionary<string, string> { ["step"] = "10", ["config"] = "{\"p\": 10}" });
        string[] expected =
        [
            "metadata config {\"p\": 10}", "metadata step 10",
            .. parameters.Select(w => $"tensor {w.Key} F32 [{string.Join(", ", w.Value.Shape)}] {Convert.ToHexString(w.Value.Data.Span)}"),
        ];
        Assert.Equal(expected, OnnxPython.Run(PlainReader, path).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }
}
