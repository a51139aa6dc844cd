using System.Text.Json;
using Goldilocks.Core;
using static Goldilocks.Graph.InputFile;

namespace Goldilocks.Graph.Safetensors;

/// <summary>The JSON header of a safetensors file, checked against the number of data bytes that follow it.</summary>
/// <param name="Entries">In header order; the byte ranges tile the data without hole or overlap.</param>
/// <param name="Metadata">The <c>__metadata__</c> entry.</param>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsHeader.Entry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The format's limit on the header, in bytes.</summary>
    public const long MaximumLength = 100_000_000;

    public const string MetadataKey = "__metadata__";

    public const string DtypeKey = "dtype", ShapeKey = "shape", OffsetsKey = "data_offsets";

    /// <summary>One tensor: bytes <c>[Begin, End)</c> of the data.</summary>
    internal readonly record struct Entry(string Name, ElementType Type, IReadOnlyList<long> Shape, long Begin, long End);

    /// <exception cref="GoldilocksException">The first broken rule, as one line.</exception>
    public static SafetensorsHeader Parse(ReadOnlySpan<byte> json, long dataLength, string file)
    {
        if (json.IsEmpty || json[0] != (byte)'{') throw Broken(file, "its header does not begin with '{'");
        var entries = new List<Entry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        IReadOnlyDictionary<string, string> metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        try
        {
            var reader = new Utf8JsonReader(json);
            reader.Read();
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var name = reader.GetString()!;
                if (!names.Add(name)) throw Broken(file, $"its header holds {Quote(name)} twice");
                reader.Read();
                if (name == MetadataKey) metadata = ParseMetadata(ref reader, file);
                else entries.Add(ParseEntry(ref reader, name, file));
            }

            // Only the padding may follow; the reader throws on anything else.
            reader.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw Broken(file, "its header is not valid JSON", e);
        }

        CheckTiling(entries, dataLength, file);
        return new SafetensorsHeader(entries, metadata);
    }

    private static SortedDictionary<string, string> ParseMetadata(ref Utf8JsonReader reader, string file)
    {
        var metadata = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (reader.TokenType != JsonTokenType.StartObject) throw Broken(file, $"its {MetadataKey} is not an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            if (reader.TokenType != JsonTokenType.String) throw Broken(file, $"the value of its metadata key {Quote(key)} is not a string");
            if (!metadata.TryAdd(key, reader.GetString()!)) throw Broken(file, $"its metadata holds the key {Quote(key)} twice");
        }

        return metadata;
    }

    private static Entry ParseEntry(ref Utf8JsonReader reader, string name, string file)
    {
        string? dtype = null;
        List<long>? shape = null, offsets = null;
        if (reader.TokenType != JsonTokenType.StartObject) throw Bad("is not described by an object");
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var key = reader.GetString()!;
            reader.Read();
            switch (key)
            {
                case DtypeKey when dtype is null && reader.TokenType == JsonTokenType.String:
                    dtype = reader.GetString();
                    break;
                case ShapeKey when shape is null && ParseSizes(ref reader, ShapeRules.MaximumRank) is { } sizes:
                    shape = sizes;
                    break;
                case OffsetsKey when offsets is null && ParseSizes(ref reader, 2) is { Count: 2 } pair:
                    offsets = pair;
                    break;
                default:
                    throw Bad($"has a malformed, repeated or unknown entry {Quote(key)}");
            }
        }

        if (dtype is null || shape is null || offsets is null) throw Bad($"lacks one of {DtypeKey}, {ShapeKey}, {OffsetsKey}");
        var type = SafetensorsType.Parse(dtype);
        if (type == ElementType.Undefined)
            throw Bad($"has the dtype {Quote(dtype)}, which is not supported (supported: {string.Join(", ", SafetensorsType.Names)})");
        if (ShapeRules.Check(type, shape, out var byteCount) is { } problem) throw Bad(problem);
        if (offsets[0] > offsets[1]) throw Bad($"has the data offsets {Show(offsets)}, whose end lies before their begin");
        if (offsets[1] - offsets[0] != byteCount)
            throw Bad($"has {offsets[1] - offsets[0]} bytes of data, but its shape {Show(shape)} of {dtype} needs {byteCount}");
        return new Entry(name, type, shape, offsets[0], offsets[1]);

        GoldilocksException Bad(string what) => Broken(file, $"tensor {Quote(name)} {what}");
    }

    /// <summary>An array of at most <paramref name="most"/> non-negative integers, or null.</summary>
    private static List<long>? ParseSizes(ref Utf8JsonReader reader, int most)
    {
        if (reader.TokenType != JsonTokenType.StartArray) return null;
        var sizes = new List<long>(Math.Min(most, 4));
        while (reader.Read() && reader.TokenType == JsonTokenType.Number)
        {
            if (sizes.Count == most || !reader.TryGetInt64(out var size) || size < 0) return null;
            sizes.Add(size);
        }

        return reader.TokenType == JsonTokenType.EndArray ? sizes : null;
    }

    private static void CheckTiling(List<Entry> entries, long dataLength, string file)
    {
        var position = 0L;
        foreach (var entry in entries.OrderBy(entry => entry.Begin).ThenBy(entry => entry.End))
        {
            if (entry.Begin != position)
                throw Broken(file, $"the data of tensor {Quote(entry.Name)} begin at byte {entry.Begin} where {position} is next: a hole or an overlap");
            position = entry.End;
        }

        if (position != dataLength)
            throw Broken(file, $"its header describes {position} bytes of data, but {dataLength} follow: it is cut off, or not a safetensors file");
    }

    private static GoldilocksException Broken(string file, string problem, Exception? inner = null) => new($"{file}: {problem}.", inner: inner);
}
