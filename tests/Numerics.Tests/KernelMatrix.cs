using System.Runtime.InteropServices;

namespace Goldilocks.Numerics.Tests;

/// <summary>A padded matrix in memory of its own, independent of <see cref="Arena"/>.</summary>
internal sealed unsafe class KernelMatrix : IDisposable
{
    public KernelMatrix(int rows, int columns, int? stride = null)
    {
        (Rows, Columns, Stride) = (rows, columns, stride ?? Layout.Stride(columns));
        var bytes = (nuint)Size * sizeof(float);
        Data = (float*)NativeMemory.AlignedAlloc(Math.Max(bytes, Layout.Alignment), Layout.Alignment);
        Span.Clear();
    }

    public int Rows { get; }

    public int Columns { get; }

    public int Stride { get; }

    public float* Data { get; private set; }

    public long Size => (long)Rows * Stride;

    /// <summary>Everything, padding included.</summary>
    public Span<float> Span => new(Data, checked((int)Size));

    public float this[int row, int column]
    {
        get => Data[((long)row * Stride) + column];
        set => Data[((long)row * Stride) + column] = value;
    }

    /// <summary>Values in [-1, 1) with all 24 bits used; padding stays zero.</summary>
    public KernelMatrix Fill(int seed)
    {
        var random = new Random(seed);
        for (var r = 0; r < Rows; r++)
            for (var c = 0; c < Columns; c++) this[r, c] = (random.NextSingle() * 2) - 1;
        return this;
    }

    public KernelMatrix Copy()
    {
        var copy = new KernelMatrix(Rows, Columns, Stride);
        Span.CopyTo(copy.Span);
        return copy;
    }

    /// <summary>Fails unless both hold the same bits, padding included.</summary>
    public void AssertSameBits(KernelMatrix other, string what)
    {
        for (var r = 0; r < Rows; r++)
        {
            for (var c = 0; c < Stride; c++)
            {
                var (expected, found) = (this[r, c], other[r, c]);
                if (BitConverter.SingleToInt32Bits(expected) == BitConverter.SingleToInt32Bits(found)) continue;
                Assert.Fail($"{what}: [{r}, {c}] of {Rows} x {Columns} expected {expected:R}, found {found:R}. "
                    + (c >= Columns ? "HINT: this is padding; the kernel writes or reads beyond the true columns." : "HINT: the order of operations differs between widths."));
            }
        }
    }

    public void AssertPaddingIsZero(string what)
    {
        for (var r = 0; r < Rows; r++)
            for (var c = Columns; c < Stride; c++)
                Assert.True(this[r, c] == 0, $"{what}: padding [{r}, {c}] of {Rows} x {Columns} expected 0, found {this[r, c]:R}. HINT: scratch memory is dirty by design; clear what enters padding.");
    }

    public void Dispose()
    {
        NativeMemory.AlignedFree(Data);
        Data = null;
    }
}
