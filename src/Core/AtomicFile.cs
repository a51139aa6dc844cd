using System.Runtime.InteropServices;

namespace Goldilocks.Core;

/// <summary>Files that exist whole or not at all: temporary file, flush, fsync, rename, fsync of the folder.</summary>
public static partial class AtomicFile
{
    /// <summary>Suffix of unfinished files; readers and hashes ignore them.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Writes <paramref name="path"/> through a temporary neighbour that <paramref name="write"/> fills.</summary>
    /// <exception cref="GoldilocksException">The folder cannot be written or is full; nothing is left behind.</exception>
    public static void Write(string path, Action<Stream> write) => Produce(path, temporary =>
    {
        using var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        write(stream);
    });

    public static void WriteAllText(string path, string text) => Write(path, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));

    public static void WriteAllBytes(string path, ReadOnlyMemory<byte> bytes) => Write(path, stream => stream.Write(bytes.Span));

    /// <summary>As <see cref="Write"/>, for producers that want a path (a native library, an external program).</summary>
    public static void Produce(string path, Action<string> produce)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        var temporary = Path.Combine(folder, $".{Path.GetFileName(path)}.{Environment.ProcessId}{TemporarySuffix}");
        try
        {
            Directory.CreateDirectory(folder);
            produce(temporary);
            using (var handle = File.OpenHandle(temporary, FileMode.Open, FileAccess.ReadWrite)) RandomAccess.FlushToDisk(handle);
            File.Move(temporary, path, overwrite: true);
            SyncFolder(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new GoldilocksException($"cannot write {path}: {e.Message.TrimEnd('.')}. Check that the folder is writable and has space, or choose another output folder.", inner: e);
        }
        catch
        {
            TryDelete(temporary);
            throw;
        }
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The original failure is what the caller needs to hear about.
        }
    }

    /// <summary>Makes the rename durable. Windows offers no folder handle to flush; its rename is journalled.</summary>
    private static void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = Open(folder, 0);
        if (descriptor < 0) return;
        _ = Fsync(descriptor);
        _ = Close(descriptor);
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Fsync(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);
}
