using System.Buffers.Binary;
using System.IO.Compression;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>
/// A tensor of bytes in the IDX format of the MNIST files, plain or gzipped: two zero bytes, the type (8: unsigned byte), the rank, the
/// dimensions as big-endian 32-bit numbers, and the values, the last dimension running fastest.
/// </summary>
public sealed class IdxFile
{
    /// <summary>The most values that are read, 1 GiB.</summary>
    public const int LargestLength = 1 << 30;

    private const int UnsignedByte = 8;

    private const int FirstStep = 1 << 20;

    private const string NoGzip = "it is no whole gzip file";

    private IdxFile(int[] shape, byte[] values)
    {
        Shape = shape;
        Values = values;
    }

    /// <summary>Its dimensions [rank].</summary>
    public IReadOnlyList<int> Shape { get; }

    /// <summary>Its values, row-major.</summary>
    public byte[] Values { get; }

    /// <summary>Reads a file. Memory grows with what the file holds, not with what it claims to hold.</summary>
    /// <param name="path">The file; whether it is gzipped is told by its content.</param>
    /// <param name="rank">The rank it must have, such as 1 (labels) or 3 (images, rows, columns).</param>
    /// <exception cref="GoldilocksException">It cannot be read, is no such file, is truncated, too large, or goes on after its values.</exception>
    public static IdxFile Read(string path, int rank)
    {
        try
        {
            using var stream = OpenRead(path);
            var header = new byte[4 + (4 * rank)];
            var length = stream.ReadAtLeast(header.AsSpan(0, 4), 4, throwOnEndOfStream: false);
            if (length < 4) throw Bad(path, $"it ends after {length} of {header.Length} bytes of its header");
            if (header[0] != 0 || header[1] != 0) throw Bad(path, "it does not begin like an IDX file");
            if (header[2] != UnsignedByte) throw Bad(path, $"its values are of type 0x{header[2]:x2}, not unsigned bytes (0x08)");
            if (header[3] != rank) throw Bad(path, $"its rank is {header[3]}, not {rank}");
            length += stream.ReadAtLeast(header.AsSpan(4), 4 * rank, throwOnEndOfStream: false);
            if (length < header.Length) throw Bad(path, $"it ends after {length} of {header.Length} bytes of its header");
            var shape = new int[rank];
            long count = 1;
            for (var k = 0; k < rank; k++)
            {
                var size = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4 + (4 * k)));
                if (size > LargestLength) throw Bad(path, $"its dimension {k} is {size}, above {LargestLength}");
                (shape[k], count) = ((int)size, count * size);
                if (count > LargestLength) throw Bad(path, $"its dimensions have a product above {LargestLength}");
            }

            var values = ReadValues(stream, path, (int)count);
            if (stream is GZipStream { BaseStream: var file }) CheckEnd(file, path, header.Length + count);
            return new IdxFile(shape, values);
        }
        catch (InvalidDataException e)
        {
            throw Bad(path, NoGzip, e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GoldilocksException($"cannot read {path}: {e.Message.TrimEnd('.')}.", inner: e);
        }
    }

    /// <summary>Writes a plain file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="values">Row-major.</param>
    /// <param name="shape">Dimensions, outermost first.</param>
    /// <exception cref="GoldilocksException">The folder cannot be written.</exception>
    public static void Write(string path, byte[] values, params int[] shape) => AtomicFile.Write(path, stream =>
    {
        stream.Write([0, 0, UnsignedByte, (byte)shape.Length]);
        var size = new byte[sizeof(int)];
        foreach (var dimension in shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, dimension);
            stream.Write(size);
        }

        stream.Write(values);
    });

    /// <summary>The content of a file, uncompressed if it is gzipped.</summary>
    internal static Stream OpenRead(string path)
    {
        var file = File.OpenRead(path);
        var isCompressed = file.ReadByte() == 0x1f && file.ReadByte() == 0x8b;
        file.Position = 0;
        return isCompressed ? new GZipStream(file, CompressionMode.Decompress) : file;
    }

    private static byte[] ReadValues(Stream stream, string path, int count)
    {
        var values = new byte[Math.Min(count, stream is FileStream file ? file.Length : FirstStep)];
        for (var read = 0; read < count;)
        {
            if (read == values.Length) Array.Resize(ref values, (int)Math.Min(count, 2L * values.Length));
            var more = stream.Read(values, read, values.Length - read);
            if (more == 0) throw Bad(path, $"it ends after {read} of {count} values");
            read += more;
        }

        return stream.ReadByte() < 0 ? values : throw Bad(path, $"it goes on after its {count} values");
    }

    /// <summary>A gzip file ends with its uncompressed length. Without this look, one that is cut within its last eight bytes goes unnoticed.</summary>
    private static void CheckEnd(Stream file, string path, long length)
    {
        var end = new byte[4];
        file.Seek(-end.Length, SeekOrigin.End);
        file.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != (uint)length) throw Bad(path, NoGzip);
    }

    private static GoldilocksException Bad(string path, string reason, Exception? inner = null) =>
        new($"{path} is not the IDX file expected here: {reason}. Fetch it again.", inner: inner);
}
