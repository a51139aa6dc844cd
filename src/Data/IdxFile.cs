using System.Buffers.Binary;
using System.IO.Compression;
using Goldilocks.Core;

namespace Goldilocks.Data;

/// <summary>A tensor of unsigned bytes from an IDX file, the format of MNIST: two zero bytes, the type 8, the rank, each size as 32 bits big-endian, the data.</summary>
/// <param name="Shape">Sizes, outermost first.</param>
/// <param name="Bytes">Row-major.</param>
public sealed record IdxFile(IReadOnlyList<int> Shape, byte[] Bytes)
{
    private const string CompressedSuffix = ".gz";
    private const byte UnsignedByte = 8;

    /// <summary>More than the full data set has by a factor of twenty; what claims more is refused before memory is taken.</summary>
    private const long MostBytes = 1L << 30;

    /// <summary>Reads a file, plain or compressed by gzip (suffix <c>.gz</c>).</summary>
    /// <param name="path">The file.</param>
    /// <param name="rank">Number of dimensions it must have.</param>
    /// <exception cref="GoldilocksException">No such file, another format, type or rank, too large, too short or too long; one line says which.</exception>
    public static IdxFile Read(string path, int rank)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream stream = path.EndsWith(CompressedSuffix, StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
            return Read(stream, path, rank);
        }
        catch (EndOfStreamException e)
        {
            throw Broken(path, "is truncated", e);
        }
        catch (InvalidDataException e)
        {
            throw Broken(path, "is no gzip file, or damaged", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new GoldilocksException($"{path}: cannot be read: {e.Message}", inner: e);
        }
    }

    /// <summary>Writes the tensor, plain.</summary>
    /// <exception cref="GoldilocksException">The folder cannot be written.</exception>
    public void Write(string path) => AtomicFile.Write(path, stream =>
    {
        stream.Write([0, 0, UnsignedByte, (byte)Shape.Count]);
        Span<byte> size = stackalloc byte[sizeof(int)];
        foreach (var dimension in Shape)
        {
            BinaryPrimitives.WriteInt32BigEndian(size, dimension);
            stream.Write(size);
        }

        stream.Write(Bytes);
    });

    private static IdxFile Read(Stream stream, string path, int rank)
    {
        Span<byte> head = stackalloc byte[4];
        stream.ReadExactly(head);
        if (head[0] != 0 || head[1] != 0) throw Broken(path, "is no IDX file: it must begin with two zero bytes");
        if (head[2] != UnsignedByte) throw Broken(path, $"holds values of type {head[2]}; expected 8, unsigned bytes");
        if (head[3] != rank) throw Broken(path, $"has {head[3]} dimensions; expected {rank}");
        var shape = new int[rank];
        var bytes = 1L;
        for (var i = 0; i < rank; i++)
        {
            stream.ReadExactly(head);
            shape[i] = BinaryPrimitives.ReadInt32BigEndian(head);
            if (shape[i] < 1) throw Broken(path, $"has the dimension {shape[i]}; expected at least 1");
            bytes *= shape[i];
            if (bytes > MostBytes) throw Broken(path, $"claims [{string.Join(",", shape[..(i + 1)])}] or more values, above the limit of {MostBytes}");
        }

        // What a file claims is believed only as far as it delivers: memory grows with what has been read.
        using var data = new MemoryStream();
        var buffer = new byte[1 << 16];
        while (data.Length < bytes)
        {
            var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, bytes - data.Length));
            if (read == 0) throw Broken(path, $"is truncated: {data.Length} of {bytes} values");
            data.Write(buffer, 0, read);
        }

        return stream.ReadByte() < 0 ? new IdxFile(shape, data.ToArray()) : throw Broken(path, $"has more than the {bytes} values of its shape [{string.Join(",", shape)}]");
    }

    private static GoldilocksException Broken(string path, string problem, Exception? inner = null) => new($"{path}: {problem}.", inner: inner);
}
