using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Goldilocks.Numerics;

/// <summary>Out-of-place transposition.</summary>
public static unsafe class Transpose
{
    private const int Block = 8;

    /// <summary>destination[c, r] = source[r, c] for the given rows and columns; padding is left alone.</summary>
    /// <param name="source">[rows × columns].</param>
    /// <param name="rows">Rows of the source.</param>
    /// <param name="columns">Columns of the source.</param>
    /// <param name="sourceStride">Floats between rows of the source.</param>
    /// <param name="destination">[columns × rows].</param>
    /// <param name="destinationStride">Floats between rows of the destination.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run(float* source, int rows, int columns, int sourceStride, float* destination, int destinationStride)
    {
        if (!Avx.IsSupported || rows < Block || columns < Block)
        {
            for (var r = 0; r < rows; r++)
                for (var c = 0; c < columns; c++)
                    destination[((long)c * destinationStride) + r] = source[((long)r * sourceStride) + c];
            return;
        }

        // The last block of a row or column of blocks is moved back until it fits, and repeats what its neighbour did.
        for (var down = 0; down < rows; down += Block)
        {
            var r = Math.Min(down, rows - Block);
            for (var across = 0; across < columns; across += Block)
            {
                var c = Math.Min(across, columns - Block);
                Block8(source + ((long)r * sourceStride) + c, sourceStride, destination + ((long)c * destinationStride) + r, destinationStride);
            }
        }
    }

    /// <summary>An 8 × 8 block in registers: pairs, quadruples, then halves exchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Block8(float* s, int stride, float* d, int destinationStride)
    {
        var r0 = Vector256.Load(s);
        var r1 = Vector256.Load(s + stride);
        var r2 = Vector256.Load(s + (2 * stride));
        var r3 = Vector256.Load(s + (3 * stride));
        var r4 = Vector256.Load(s + (4 * stride));
        var r5 = Vector256.Load(s + (5 * stride));
        var r6 = Vector256.Load(s + (6 * stride));
        var r7 = Vector256.Load(s + (7 * stride));
        var a0 = Avx.UnpackLow(r0, r1);
        var a1 = Avx.UnpackHigh(r0, r1);
        var a2 = Avx.UnpackLow(r2, r3);
        var a3 = Avx.UnpackHigh(r2, r3);
        var a4 = Avx.UnpackLow(r4, r5);
        var a5 = Avx.UnpackHigh(r4, r5);
        var a6 = Avx.UnpackLow(r6, r7);
        var a7 = Avx.UnpackHigh(r6, r7);
        var b0 = Avx.Shuffle(a0, a2, 0x44);
        var b1 = Avx.Shuffle(a0, a2, 0xEE);
        var b2 = Avx.Shuffle(a1, a3, 0x44);
        var b3 = Avx.Shuffle(a1, a3, 0xEE);
        var b4 = Avx.Shuffle(a4, a6, 0x44);
        var b5 = Avx.Shuffle(a4, a6, 0xEE);
        var b6 = Avx.Shuffle(a5, a7, 0x44);
        var b7 = Avx.Shuffle(a5, a7, 0xEE);
        Avx.Permute2x128(b0, b4, 0x20).Store(d);
        Avx.Permute2x128(b1, b5, 0x20).Store(d + destinationStride);
        Avx.Permute2x128(b2, b6, 0x20).Store(d + (2 * destinationStride));
        Avx.Permute2x128(b3, b7, 0x20).Store(d + (3 * destinationStride));
        Avx.Permute2x128(b0, b4, 0x31).Store(d + (4 * destinationStride));
        Avx.Permute2x128(b1, b5, 0x31).Store(d + (5 * destinationStride));
        Avx.Permute2x128(b2, b6, 0x31).Store(d + (6 * destinationStride));
        Avx.Permute2x128(b3, b7, 0x31).Store(d + (7 * destinationStride));
    }
}
