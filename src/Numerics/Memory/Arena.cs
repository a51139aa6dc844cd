using System.Collections.Concurrent;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Goldilocks.Numerics;

/// <summary>
/// One zeroed block of unmanaged memory, aligned to 2 MiB so that the system can back it with huge pages, handed out front to back.
/// Disposed arenas are pooled by size: runs of one shape reuse the same pages.
/// </summary>
public sealed unsafe partial class Arena : IDisposable
{
    private const int HugePage = 2 << 20;
    private const int PooledPerSize = 4;
    private static readonly ConcurrentDictionary<nuint, ConcurrentBag<nint>> Pool = new();

    private readonly nuint _bytes;
    private byte* _base;
    private nuint _used;

    /// <param name="bytes">Capacity; rounded up to whole huge pages.</param>
    public Arena(long bytes)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bytes);
        _bytes = ((nuint)bytes + HugePage - 1) / HugePage * HugePage;
        if (Pool.TryGetValue(_bytes, out var bag) && bag.TryTake(out var pooled))
        {
            _base = (byte*)pooled;
        }
        else
        {
            _base = (byte*)NativeMemory.AlignedAlloc(_bytes, HugePage);
            if (OperatingSystem.IsLinux()) _ = AdviseHugePages(_base, _bytes, 14);
        }

        NativeMemory.Clear(_base, _bytes);
    }

    ~Arena() => Release();

    /// <summary>Bytes that an allocation of <paramref name="floats"/> floats takes.</summary>
    public static long BytesFor(long floats) => (floats * sizeof(float) + Layout.Alignment - 1) / Layout.Alignment * Layout.Alignment;

    /// <summary>Takes zeroed, 64-byte-aligned room for <paramref name="floats"/> floats.</summary>
    /// <exception cref="InvalidOperationException">The arena is full: its size was planned wrongly.</exception>
    public float* Take(long floats)
    {
        ObjectDisposedException.ThrowIf(_base is null, this);
        var start = _used;
        _used += (nuint)BytesFor(floats);
        if (_used > _bytes) throw new InvalidOperationException($"The arena of {_bytes} bytes is too small for {_used}.");
        Debug.Assert(start % Layout.Alignment == 0);
        return (float*)(_base + start);
    }

    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    private void Release()
    {
        if (_base is null) return;
        var bag = Pool.GetOrAdd(_bytes, _ => []);
        if (bag.Count < PooledPerSize) bag.Add((nint)_base);
        else NativeMemory.AlignedFree(_base);
        _base = null;
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    private static partial int AdviseHugePages(void* address, nuint length, int advice);
}
