using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Numerics;

/// <summary>
/// Masks of dropout from a counter: a value depends on the seed, the site, the step, the row of the whole batch and the column, and not on how the batch is
/// cut into pieces or which thread asks.
/// </summary>
/// <remarks>
/// Philox4x32-10 under the seed, with <see cref="RandomStream.Dropout"/> mixed into its key. Of columns 32g .. 32g + 31, column 32g + 8w + l is word w of
/// counter (8g + l, row, step, site), so that eight counters side by side fill four vectors.
/// </remarks>
public static unsafe class DropoutMask
{
    private const int Counters = 8;
    private const int Words = 4;
    private const int Group = Counters * Words;

    /// <summary>mask[r, c] = 0 with probability <paramref name="ratio"/>, otherwise 1/(1 − ratio).</summary>
    /// <param name="seed">Of the run.</param>
    /// <param name="site">Which dropout of the model.</param>
    /// <param name="step">Which update.</param>
    /// <param name="firstRow">Which row of the whole batch the first one is.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns; the padding becomes zero.</param>
    /// <param name="stride">Floats between rows.</param>
    /// <param name="ratio">In [0, 1).</param>
    /// <param name="mask">[rows × stride].</param>
    /// <param name="set">Vector width; the values do not depend on it.</param>
    public static void Fill(ulong seed, uint site, uint step, int firstRow, int rows, int columns, int stride, float ratio, float* mask, InstructionSet set)
    {
        var threshold = (uint)Math.Min(uint.MaxValue, Math.Round((double)ratio * (1L << 32)));
        var (k0, k1) = ((uint)seed ^ (uint)RandomStream.Dropout, (uint)(seed >> 32));
        var scale = 1 / (1 - ratio);
        var words = stackalloc uint[Group];
        for (var r = 0; r < rows; r++)
        {
            var row = mask + ((long)r * stride);
            for (var g = 0; g * Group < columns; g++)
            {
                Draw((uint)(g * Counters), (uint)(firstRow + r), step, site, k0, k1, words, set);
                var count = Math.Min(Group, columns - (g * Group));
                if (count == Group && Avx2.IsSupported && set >= InstructionSet.Vector256) Store(words, threshold, scale, row + (g * Group));
                else for (var c = 0; c < count; c++) row[(g * Group) + c] = words[c] >= threshold ? scale : 0;
            }

            new Span<float>(row + columns, stride - columns).Clear();
        }
    }

    /// <summary>32 words: word w of counter first + l at 8w + l.</summary>
    private static void Draw(uint first, uint row, uint step, uint site, uint k0, uint k1, uint* words, InstructionSet set)
    {
        if (Avx2.IsSupported && set >= InstructionSet.Vector256)
        {
            DrawVector(first, row, step, site, k0, k1, words);
            return;
        }

        for (var l = 0; l < Counters; l++)
            (words[l], words[Counters + l], words[(2 * Counters) + l], words[(3 * Counters) + l]) = Philox.Block(first + (uint)l, row, step, site, k0, k1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DrawVector(uint first, uint row, uint step, uint site, uint k0, uint k1, uint* words)
    {
        var c0 = Vector256.Create(first) + Vector256.Create(0u, 1, 2, 3, 4, 5, 6, 7);
        var (c1, c2, c3) = (Vector256.Create(row), Vector256.Create(step), Vector256.Create(site));
        var (a, b) = (Vector256.Create(Philox.MultiplierA), Vector256.Create(Philox.MultiplierB));
        for (var round = 0; round < Philox.Rounds; round++)
        {
            Multiply(c0, a, out var lowA, out var highA);
            Multiply(c2, b, out var lowB, out var highB);
            (c0, c1, c2, c3) = (highB ^ c1 ^ Vector256.Create(k0), lowB, highA ^ c3 ^ Vector256.Create(k1), lowA);
            k0 += Philox.WeylA;
            k1 += Philox.WeylB;
        }

        c0.Store(words);
        c1.Store(words + Counters);
        c2.Store(words + (2 * Counters));
        c3.Store(words + (3 * Counters));
    }

    /// <summary>The two halves of each 64-bit product: even lanes and odd lanes are multiplied apart and put together again.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Multiply(Vector256<uint> x, Vector256<uint> y, out Vector256<uint> low, out Vector256<uint> high)
    {
        const byte OddLanes = 0b10101010;
        var even = Avx2.Multiply(x, y).AsUInt32();
        var odd = Avx2.Multiply(Avx2.ShiftRightLogical(x.AsUInt64(), 32).AsUInt32(), y).AsUInt32();
        low = Avx2.Blend(even, Avx2.ShiftLeftLogical(odd.AsUInt64(), 32).AsUInt32(), OddLanes);
        high = Avx2.Blend(Avx2.ShiftRightLogical(even.AsUInt64(), 32).AsUInt32(), odd, OddLanes);
    }

    private static void Store(uint* words, uint threshold, float scale, float* row)
    {
        for (var w = 0; w < Group; w += Counters)
            (Vector256.GreaterThanOrEqual(Vector256.Load(words + w), Vector256.Create(threshold)).AsSingle() & Vector256.Create(scale)).Store(row + w);
    }
}
