using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using Goldilocks.Numerics.Generators;

namespace Goldilocks.Numerics;

/// <summary>
/// Dropout's factors (Srivastava et al., 2014; inverted, as ONNX Dropout trains): 0 with probability ratio, else 1/(1 − ratio). Each is a
/// function of (seed, site, step, row, column) alone, so it does not depend on how rows are cut into chunks or on the vector width.
/// </summary>
/// <remarks>
/// The key is the first two words of stream <see cref="RandomStream.Dropout"/> of the seed; the counter is (block, row, step, site). Column
/// 32g + 8w + l takes word w of block 8g + l: eight blocks side by side in a vector give 32 neighbouring columns.
/// </remarks>
public static unsafe class DropoutMask
{
    /// <summary>Blocks side by side.</summary>
    private const int Blocks = 8;

    /// <summary>Columns that they give.</summary>
    private const int Group = 4 * Blocks;

    /// <summary>Fills rows <paramref name="firstRow"/>.. of the mask of one dropout at one step; padding becomes zero.</summary>
    /// <param name="seed">The run's seed.</param>
    /// <param name="site">Which dropout of the model.</param>
    /// <param name="step">Step of the training.</param>
    /// <param name="firstRow">The first row's number among all rows.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns.</param>
    /// <param name="stride">Floats between rows.</param>
    /// <param name="ratio">Probability of a zero, in [0, 1).</param>
    /// <param name="mask">[rows × columns].</param>
    public static void Fill(ulong seed, uint site, uint step, int firstRow, int rows, int columns, int stride, float ratio, float* mask)
        => Fill(seed, site, step, firstRow, rows, columns, stride, ratio, mask, Avx2.IsSupported);

    internal static void Fill(ulong seed, uint site, uint step, int firstRow, int rows, int columns, int stride, float ratio, float* mask, bool vectors)
    {
        Debug.Assert(ratio is >= 0 and < 1);
        var (k0, k1, _, _) = Philox.Block(0, 0, (uint)RandomStream.Dropout, 0, (uint)seed, (uint)(seed >> 32));
        var threshold = (uint)Math.Round(ratio * 4294967296.0);
        var kept = 1 / (1 - ratio);
        var padded = Layout.Pad(columns);
        for (var r = 0; r < rows; r++)
        {
            var row = (uint)(firstRow + r);
            var output = mask + ((long)r * stride);
            for (var c = 0; c < padded; c += Group)
            {
                var count = Math.Min(Group, padded - c);
                var block = (uint)(c / Group * Blocks);
                if (vectors) FillGroup256(block, row, step, site, k0, k1, threshold, kept, output + c, count);
                else FillGroup(block, row, step, site, k0, k1, threshold, kept, output + c, count);
            }

            new Span<float>(output + columns, padded - columns).Clear();
        }
    }

    private static void FillGroup(uint block, uint row, uint step, uint site, uint k0, uint k1, uint threshold, float kept, float* output, int count)
    {
        for (var l = 0; l < Blocks; l++)
        {
            var (x0, x1, x2, x3) = Philox.Block(block + (uint)l, row, step, site, k0, k1);
            output[l] = x0 >= threshold ? kept : 0;
            output[Blocks + l] = x1 >= threshold ? kept : 0;
            if (count < Group) continue;
            output[(2 * Blocks) + l] = x2 >= threshold ? kept : 0;
            output[(3 * Blocks) + l] = x3 >= threshold ? kept : 0;
        }
    }

    /// <summary><see cref="Philox.Block"/> on eight neighbouring counters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void FillGroup256(uint block, uint row, uint step, uint site, uint k0, uint k1, uint threshold, float kept, float* output, int count)
    {
        var c0 = Vector256.Create(block) + Vector256<uint>.Indices;
        var (c1, c2, c3) = (Vector256.Create(row), Vector256.Create(step), Vector256.Create(site));
        for (var round = 0; round < Philox.Rounds; round++)
        {
            var (highA, lowA) = Multiply(c0, Philox.MultiplierA);
            var (highB, lowB) = Multiply(c2, Philox.MultiplierB);
            (c0, c1, c2, c3) = (highB ^ c1 ^ Vector256.Create(k0), lowB, highA ^ c3 ^ Vector256.Create(k1), lowA);
            k0 += Philox.WeylA;
            k1 += Philox.WeylB;
        }

        Keep(c0, threshold, kept).Store(output);
        Keep(c1, threshold, kept).Store(output + Blocks);
        if (count < Group) return;
        Keep(c2, threshold, kept).Store(output + (2 * Blocks));
        Keep(c3, threshold, kept).Store(output + (3 * Blocks));
    }

    /// <summary>Both halves of the 64-bit products: those of even lanes and of odd lanes apart, then interleaved.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector256<uint> High, Vector256<uint> Low) Multiply(Vector256<uint> x, uint multiplier)
    {
        var factor = Vector256.Create(multiplier);
        var even = Avx2.Multiply(x, factor);
        var odd = Avx2.Multiply(Avx2.ShiftRightLogical(x.AsUInt64(), 32).AsUInt32(), factor);
        var high = Avx2.Blend(Avx2.ShiftRightLogical(even, 32).AsUInt32(), odd.AsUInt32(), 0b10101010);
        var low = Avx2.Blend(even.AsUInt32(), Avx2.ShiftLeftLogical(odd, 32).AsUInt32(), 0b10101010);
        return (high, low);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Keep(Vector256<uint> words, uint threshold, float kept)
        => Vector256.GreaterThanOrEqual(words, Vector256.Create(threshold)).AsSingle() & Vector256.Create(kept);
}
