using System.Buffers.Binary;
using System.IO.Compression;

namespace Goldilocks.Data.Tests;

/// <summary>Writes IDX files.</summary>
internal static class Idx
{
    /// <returns>The path.</returns>
    public static string Write(string path, byte[] values, int[] shape, bool compressed = false)
    {
        using var file = File.Create(path);
        using Stream stream = compressed ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write([0, 0, 8, (byte)shape.Length]);
        foreach (var size in shape)
        {
            var bytes = new byte[4];
            BinaryPrimitives.WriteInt32BigEndian(bytes, size);
            stream.Write(bytes);
        }

        stream.Write(values);
        return path;
    }
}
