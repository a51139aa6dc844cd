using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using Goldilocks.Core;

namespace Goldilocks.Graph.Safetensors;

/// <summary>
/// Safetensors files: eight bytes of header length, a JSON header, the tensors' little-endian bytes. Equal content gives equal bytes:
/// tensors stand in the given order, metadata keys are sorted, the header is padded with spaces to a multiple of eight bytes.
/// </summary>
public static class SafetensorsFile
{
    private const int PrefixLength = sizeof(ulong);

    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file, whole or not at all.</summary>
    /// <param name="path">The file; its folder is made when missing.</param>
    /// <param name="tensors">By name, in file order.</param>
    /// <param name="metadata">Free-form strings; an empty one leaves no trace.</param>
    /// <exception cref="ArgumentException">Two tensors of one name, or one named <c>__metadata__</c>.</exception>
    /// <exception cref="GoldilocksException">The folder cannot be written.</exception>
    public static void Write(string path, IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        var header = Header(tensors, metadata);
        AtomicFile.Write(path, stream =>
        {
            Span<byte> prefix = stackalloc byte[PrefixLength];
            BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)header.Length);
            stream.Write(prefix);
            stream.Write(header);
            foreach (var (_, tensor) in tensors) stream.Write(tensor.Data.Span);
        });
    }

    /// <summary>Reads a file. The header is checked before memory for the data is taken.</summary>
    /// <param name="path">A file of at most 2 GiB.</param>
    /// <exception cref="GoldilocksException">Missing, too large, cut off, or against the format's rules; one line says which.</exception>
    public static SafetensorsContent Read(string path) => InputFile.Read(path, InputFile.LargestArray, stream =>
    {
        var header = ReadHeader(stream, path);
        return Content(header, InputFile.ReadRest(stream));
    });

    /// <summary>Reads a file's metadata and nothing of its tensors.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path) => InputFile.Read(path, InputFile.LargestArray, stream => ReadHeader(stream, path).Metadata);

    /// <summary>Reads a file from memory; the tensors share it.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="name">What messages begin with, usually the file's name.</param>
    /// <exception cref="GoldilocksException">Cut off or against the format's rules; one line says which.</exception>
    public static SafetensorsContent Parse(ReadOnlyMemory<byte> bytes, string name)
    {
        var headerLength = HeaderLength(bytes.Span[..Math.Min(bytes.Length, PrefixLength)], bytes.Length, name);
        var data = bytes[(PrefixLength + headerLength)..];
        return Content(SafetensorsHeader.Parse(bytes.Span.Slice(PrefixLength, headerLength), data.Length, name), data);
    }

    private static SafetensorsHeader ReadHeader(Stream stream, string path)
    {
        var prefix = new byte[PrefixLength];
        var headerLength = HeaderLength(prefix.AsSpan(0, stream.ReadAtLeast(prefix, PrefixLength, throwOnEndOfStream: false)), stream.Length, path);
        var json = new byte[headerLength];
        stream.ReadExactly(json);
        return SafetensorsHeader.Parse(json, stream.Length - PrefixLength - headerLength, path);
    }

    private static int HeaderLength(ReadOnlySpan<byte> prefix, long fileLength, string name)
    {
        if (prefix.Length < PrefixLength) throw new GoldilocksException($"{name}: has {prefix.Length} bytes; a safetensors file has at least 10.");
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > SafetensorsHeader.MaximumLength)
            throw new GoldilocksException($"{name}: states a header of {length} bytes, more than the format's {SafetensorsHeader.MaximumLength}: it is not a safetensors file.");
        if ((long)length > fileLength - PrefixLength)
            throw new GoldilocksException($"{name}: states a header of {length} bytes, but only {fileLength - PrefixLength} follow: it is cut off, or not a safetensors file.");
        return (int)length;
    }

    private static SafetensorsContent Content(SafetensorsHeader header, ReadOnlyMemory<byte> data) => new(
        [.. header.Entries.Select(entry => KeyValuePair.Create(entry.Name, new Tensor(entry.Type, entry.Shape, data[(int)entry.Begin..(int)entry.End])))],
        header.Metadata);

    private static byte[] Header(IReadOnlyList<KeyValuePair<string, Tensor>> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Relaxed))
        {
            json.WriteStartObject();
            if (metadata.Count > 0)
            {
                json.WriteStartObject(SafetensorsHeader.MetadataKey);
                foreach (var (key, value) in metadata.OrderBy(entry => entry.Key, StringComparer.Ordinal)) json.WriteString(key, value);
                json.WriteEndObject();
            }

            var names = new HashSet<string>(StringComparer.Ordinal) { SafetensorsHeader.MetadataKey };
            var position = 0L;
            foreach (var (name, tensor) in tensors)
            {
                if (!names.Add(name)) throw new ArgumentException($"The tensor name {name} is reserved or used twice.", nameof(tensors));
                json.WriteStartObject(name);
                json.WriteString(SafetensorsHeader.DtypeKey, SafetensorsType.Name(tensor.Type));
                WriteSizes(json, SafetensorsHeader.ShapeKey, tensor.Shape);
                WriteSizes(json, SafetensorsHeader.OffsetsKey, [position, position += tensor.Data.Length]);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (buffer.Length % PrefixLength != 0) buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }

    private static void WriteSizes(Utf8JsonWriter json, string key, IReadOnlyList<long> sizes)
    {
        json.WriteStartArray(key);
        foreach (var size in sizes) json.WriteNumberValue(size);
        json.WriteEndArray();
    }
}
