using System.Globalization;
using Goldilocks.Core;

namespace Goldilocks.Pipeline;

/// <summary>
/// Exclusive use of a stage's folder. The operating system holds the lock and releases it when the process ends, however it ends;
/// the owner file beside it only serves the message.
/// </summary>
internal sealed class StageLock : IDisposable
{
    public const string LockName = ".lock";
    public const string OwnerName = ".owner";
    private readonly FileStream _stream;

    private StageLock(FileStream stream) => _stream = stream;

    /// <exception cref="GoldilocksException">Another process has it, or the folder cannot be written.</exception>
    public static StageLock Acquire(string folder)
    {
        var owner = Path.Combine(folder, OwnerName);
        FileStream stream;
        try
        {
            Directory.CreateDirectory(folder);
            stream = new FileStream(Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (e is IOException && IsHeld(Path.Combine(folder, LockName)))
            {
                throw new GoldilocksException($"{folder} is in use by {ReadOwner(owner)}. Wait for it to end, or choose another folder with --artifacts DIR.", inner: e);
            }

            throw Unwritable(folder, e);
        }

        try
        {
            File.WriteAllText(owner, $"process {Environment.ProcessId.ToString(CultureInfo.InvariantCulture)} on {Environment.MachineName}\n");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            stream.Dispose();
            throw Unwritable(folder, e);
        }

        return new StageLock(stream);
    }

    public void Dispose() => _stream.Dispose();

    private static GoldilocksException Unwritable(string folder, Exception e) =>
        new($"cannot write {folder}: {e.Message.TrimEnd('.')}. Check that it is writable and has space, or choose another with --artifacts DIR.", inner: e);

    /// <summary>The lock file exists and cannot even be opened for reading: someone has it.</summary>
    private static bool IsHeld(string path)
    {
        try
        {
            if (!File.Exists(path)) return false;
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string ReadOwner(string path)
    {
        try
        {
            var file = new FileInfo(path);
            if (file is { Exists: true, Length: > 0 and <= 256 }) return File.ReadAllText(path).Trim();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The owner is a courtesy; the lock itself is what counts.
        }

        return "another process";
    }
}
