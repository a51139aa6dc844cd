using Goldilocks.Core;
using Goldilocks.Graph.Onnx;
using Goldilocks.Graph.Protos;
using Google.Protobuf;
using static Goldilocks.Graph.Protos.AttributeProto.Types;

namespace Goldilocks.Graph.Tests;

/// <summary>What the reader does not support it refuses by name, in one line.</summary>
public class OnnxRefusalTests
{
    [Fact]
    public void External_data() => Refused(
        model => Weight(model).DataLocation = TensorProto.Types.DataLocation.External,
        "initializer \"embedding.weight\" keeps its data in another file; save the model with its weights inline");

    [Fact]
    public void External_data_without_the_mark() => Refused(model => Weight(model).ExternalData.Add(ByteString.CopyFromUtf8("x")), "keeps its data in another file");

    [Fact]
    public void Segments() => Refused(model => Weight(model).Segment = ByteString.Empty, "is cut into segments");

    [Fact]
    public void Sparse_initializers() => Refused(model => model.Graph.SparseInitializer.Add(ByteString.Empty), "holds sparse initializers");

    [Fact]
    public void Functions() => Refused(model => model.Functions.Add(ByteString.Empty), "defines functions");

    [Fact]
    public void No_graph() => Refused(model => model.Graph = null, "has no graph");

    [Fact]
    public void No_ir_version() => Refused(model => model.ClearIrVersion(), "states no IR version");

    [Fact]
    public void No_operator_set() => Refused(model => model.OpsetImport.Clear(), "names no version of the standard operator set");

    [Fact]
    public void Two_operator_sets() => Refused(model => model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx", Version = 20 }), "names several versions");

    [Fact]
    public void Foreign_operators() => Refused(
        model => model.Graph.Node[0].Domain = "com.example",
        "node \"embed_a\" uses \"Gather\" of the operator domain \"com.example\"; only the standard domain is supported");

    [Theory]
    [InlineData(0, "UNDEFINED")]
    [InlineData(8, "STRING")]
    [InlineData(14, "COMPLEX64")]
    [InlineData(17, "FLOAT8E4M3FN")]
    [InlineData(22, "INT4")]
    [InlineData(99, "number 99")]
    [InlineData(-1, "number -1")]
    public void Element_types(int type, string name)
    {
        Refused(model => Weight(model).DataType = type, $"initializer \"embedding.weight\" has the element type {name}, which is not supported (supported: FLOAT, ");
        Refused(model => model.Graph.Input[0].Type.TensorType.ElemType = type, $"input \"a\" has the element type {name}");
    }

    [Fact]
    public void Negative_dimension() => Refused(model => Weight(model).Dims[0] = -5, "has the negative dimension -5");

    [Fact]
    public void Negative_input_dimension() => Refused(model => model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = -1, "input \"a\" has the negative dimension -1");

    [Fact]
    public void Overflowing_shape() => Refused(model => Weight(model).Dims.Add([1L << 62, 1L << 62]), "whose size overflows");

    [Fact]
    public void Shape_whose_byte_count_alone_overflows() => Refused(model => Replace(Weight(model).Dims, (1L << 61) + 1), "whose size overflows");

    [Fact]
    public void Too_many_dimensions() => Refused(model => Weight(model).Dims.Add(Enumerable.Repeat(1L, 40)), "has 42 dimensions, more than 32");

    [Fact]
    public void Shape_larger_than_the_data() => Refused(model => Weight(model).Dims[0] = 6, "has 60 bytes of data, but its shape [6,3] of Float32 needs 72");

    [Fact]
    public void Huge_shape_without_data() => Refused(
        model =>
        {
            Weight(model).ClearRawData();
            Replace(Weight(model).Dims, 1L << 40);
        },
        "has 0 values in float_data, but its shape [1099511627776] of Float32 needs 1099511627776");

    [Fact]
    public void Two_sorts_of_data() => Refused(model => Weight(model).FloatData.Add(1), "has values outside raw_data and float_data, or in both");

    [Fact]
    public void Data_in_the_wrong_list() => Refused(
        model =>
        {
            Weight(model).ClearRawData();
            Weight(model).Int64Data.Add(Enumerable.Repeat(1L, 15));
        },
        "has values outside raw_data and float_data");

    [Fact]
    public void Value_outside_the_type() => Refused(
        model => SetAttribute(model, new AttributeProto
        {
            Name = "x",
            Type = AttributeType.Tensor,
            T = new TensorProto { DataType = (int)ElementType.UInt8, Dims = { 1 }, Int32Data = { 256 } },
        }),
        "attribute \"x\" of node \"embed_a\" has a value outside the range of UInt8");

    [Theory]
    [InlineData(AttributeType.Graph, "is a subgraph; control flow is not supported")]
    [InlineData(AttributeType.Graphs, "is a subgraph; control flow is not supported")]
    [InlineData(AttributeType.SparseTensor, "is of kind SparseTensor, which is not supported")]
    [InlineData(AttributeType.Undefined, "states no type")]
    [InlineData(AttributeType.Tensor, "is a tensor that is missing")]
    [InlineData((AttributeType)77, "is of kind 77, which is not supported")]
    public void Attribute_kinds(object type, string message) => Refused(
        model => SetAttribute(model, new AttributeProto { Name = "body", Type = (AttributeType)type }), $"attribute \"body\" of node \"embed_a\" {message}");

    [Fact]
    public void Attribute_that_is_no_text() => Refused(
        model => SetAttribute(model, new AttributeProto { Name = "x", Type = AttributeType.String, S = ByteString.CopyFrom(0xC3, 0x28) }), "is a text that is not UTF-8");

    [Fact]
    public void Attribute_of_a_function() => Refused(
        model => SetAttribute(model, new AttributeProto { Name = "x", Type = AttributeType.Int, RefAttrName = "y" }), "refers to a function's attribute");

    [Fact]
    public void Attribute_twice() => Refused(model => SetAttribute(model, model.Graph.Node[0].Attribute[0]), "attribute \"axis\" of node \"embed_a\" stands there twice");

    [Fact]
    public void Sequence_input() => Refused(model => model.Graph.Input[0].Type.SequenceType = ByteString.Empty, "input \"a\" is a SequenceType; only tensors are supported");

    [Fact]
    public void Untyped_output() => Refused(model => model.Graph.Output[0].Type = null, "output \"logits\" is untyped");

    [Fact]
    public void Output_without_shape() => Refused(model => model.Graph.Output[0].Type.TensorType.Shape = null, "has no shape; run ONNX shape inference");

    [Fact]
    public void Metadata_key_twice() => Refused(model => model.MetadataProps.Add(model.MetadataProps[0].Clone()), "holds the metadata key \"goldilocks_format\" twice");

    [Fact]
    public void Name_that_is_long_and_breaks_lines()
    {
        var line = Refused(model => Weight(model).Name = "evil\n\u001b[31m" + new string('x', 100_000), "initializer");
        Assert.True(line.Length < 400, line);
    }

    [Fact]
    public void Nesting_is_not_followed()
    {
        // node { attribute { g: graph { node { ... } } } }, a thousand deep.
        byte[] nested = [];
        for (var depth = 0; depth < 1000; depth++) nested = Field(1, Field(5, Field(6, nested)));
        var model = Toy();
        model.Graph.MergeFrom(nested);
        Assert.Contains("has an attribute without a name", OnnxHostile.Attempt(() => OnnxFile.Parse(model.ToByteArray(), "m")), StringComparison.Ordinal);
    }

    [Fact]
    public void Nested_groups_of_unknown_fields()
    {
        var bytes = new byte[1_000_000];
        Array.Fill(bytes, (byte)((99 << 3 | 3) & 0x7F | 0x80));
        for (var i = 1; i < bytes.Length; i += 2) bytes[i] = 99 << 3 >> 7;
        Assert.Contains("is not an ONNX file", OnnxHostile.Attempt(() => OnnxFile.Parse(bytes, "m"), 1 << 20), StringComparison.Ordinal);
    }

    [Fact]
    public void Files_that_cannot_be_read()
    {
        var missing = Path.Combine(Path.GetTempPath(), "goldilocks-no-such.onnx");
        Assert.Equal($"{missing}: no such file.", OnnxHostile.Attempt(() => OnnxFile.Read(missing)));
        Assert.Equal($"{Path.GetTempPath()}: is a folder, not a file.", OnnxHostile.Attempt(() => OnnxFile.Read(Path.GetTempPath())));
        var file = Path.GetTempFileName();
        using (var stream = File.OpenWrite(file)) stream.SetLength(1L << 33);
        Assert.Contains("more than the limit", OnnxHostile.Attempt(() => OnnxFile.Read(file), 1 << 16), StringComparison.Ordinal);
        Assert.Contains("more than the limit of 1000", OnnxHostile.Attempt(() => OnnxFile.Read(file, limit: 1000), 1 << 16), StringComparison.Ordinal);
        File.Delete(file);
    }

    private static TensorProto Weight(ModelProto model) => model.Graph.Initializer[0];

    private static void Replace(Google.Protobuf.Collections.RepeatedField<long> dims, params long[] sizes)
    {
        dims.Clear();
        dims.Add(sizes);
    }

    private static void SetAttribute(ModelProto model, AttributeProto attribute) => model.Graph.Node[0].Attribute.Add(attribute.Clone());

    private static byte[] Field(int number, byte[] content)
    {
        using var stream = new MemoryStream();
        var output = new CodedOutputStream(stream);
        output.WriteTag(number, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(UnsafeByteOperations.UnsafeWrap(content));
        output.Flush();
        return stream.ToArray();
    }

    private static ModelProto Toy() => ModelProto.Parser.ParseFrom(OnnxFile.Serialize(OnnxToyModel.Create()));

    private static string Refused(Action<ModelProto> change, string message)
    {
        var model = Toy();
        change(model);
        var line = OnnxHostile.Attempt(() => OnnxFile.Parse(model.ToByteArray(), "dir/m.onnx"));
        Assert.NotNull(line);
        Assert.StartsWith("dir/m.onnx: ", line, StringComparison.Ordinal);
        Assert.Contains(message, line, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, Assert.Throws<GoldilocksException>(() => OnnxFile.Parse(model.ToByteArray(), "m")).ExitCode);
        return line;
    }
}
