using Goldilocks.Core;

namespace Goldilocks.Graph;

/// <summary>Opening files that somebody else may have written: every failure is one line, and sizes are checked before memory is taken.</summary>
public static class InputFile
{
    /// <summary>The largest file that fits into one array, about 2 GiB; also protobuf's own limit.</summary>
    internal static long LargestArray => Array.MaxLength;

    /// <summary>Opens <paramref name="path"/> and hands a seekable stream of at most <paramref name="limit"/> bytes to <paramref name="read"/>.</summary>
    /// <exception cref="GoldilocksException">Missing, unreadable, not a regular file, or larger than the limit.</exception>
    internal static T Read<T>(string path, long limit, Func<FileStream, T> read)
    {
        try
        {
            if (Directory.Exists(path)) throw new GoldilocksException($"{path}: is a folder, not a file.");
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            if (!stream.CanSeek) throw new GoldilocksException($"{path}: is not a regular file.");
            if (stream.Length > limit)
                throw new GoldilocksException($"{path}: has {stream.Length} bytes, more than the limit of {limit}.");
            return read(stream);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new GoldilocksException($"{path}: no such file.", inner: e);
        }
        catch (EndOfStreamException e)
        {
            throw new GoldilocksException($"{path}: became shorter while it was read.", inner: e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new GoldilocksException($"{path}: cannot be read: {e.Message.TrimEnd('.')}.", inner: e);
        }
    }

    /// <summary>The rest of the stream, whose length has been checked.</summary>
    internal static byte[] ReadRest(FileStream stream)
    {
        var bytes = new byte[stream.Length - stream.Position];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>A name out of a file, fit for a one-line message: quoted, without control characters, at most 80 characters.</summary>
    public static string Quote(string name)
    {
        var shown = name.Length > 80 ? string.Concat(name.AsSpan(0, 77), "...") : name;
        return $"\"{string.Concat(shown.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? '\uFFFD' : c))}\"";
    }

    /// <summary>A shape for a message, at most eight sizes.</summary>
    public static string Show(IReadOnlyList<long> shape) =>
        $"[{string.Join(",", shape.Take(8))}{(shape.Count > 8 ? ",..." : "")}]";
}
