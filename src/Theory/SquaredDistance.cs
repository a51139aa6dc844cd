using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Goldilocks.Theory;

/// <summary>|x - y|² against a limit. The additions have one order whatever the processor's vectors, so answers are equal everywhere.</summary>
internal static class SquaredDistance
{
    private const int Lanes = 16;

    /// <summary>How often the part so far is looked at: squares only add up, so one that is too far decides.</summary>
    private const int Stride = 64;

    /// <summary>Whether |x - y|² ≤ limit; false where it is not a number.</summary>
    /// <param name="x">[D].</param>
    /// <param name="y">[D].</param>
    /// <param name="limit">On the squared distance.</param>
    public static bool IsAtMost(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double limit)
    {
        ref var a = ref MemoryMarshal.GetReference(x);
        ref var b = ref MemoryMarshal.GetReference(y[..x.Length]);
        var (lanes0, lanes1, lanes2, lanes3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        nuint d = 0;
        for (; d + Lanes <= (nuint)x.Length; d += Lanes)
        {
            var difference0 = Vector256.LoadUnsafe(ref a, d) - Vector256.LoadUnsafe(ref b, d);
            var difference1 = Vector256.LoadUnsafe(ref a, d + 4) - Vector256.LoadUnsafe(ref b, d + 4);
            var difference2 = Vector256.LoadUnsafe(ref a, d + 8) - Vector256.LoadUnsafe(ref b, d + 8);
            var difference3 = Vector256.LoadUnsafe(ref a, d + 12) - Vector256.LoadUnsafe(ref b, d + 12);
            lanes0 += difference0 * difference0;
            lanes1 += difference1 * difference1;
            lanes2 += difference2 * difference2;
            lanes3 += difference3 * difference3;
            if (d % Stride == 0 && !(Sum(lanes0, lanes1, lanes2, lanes3) <= limit)) return false;
        }

        var squared = Sum(lanes0, lanes1, lanes2, lanes3);
        for (; d < (nuint)x.Length; d++)
        {
            var difference = Unsafe.Add(ref a, d) - Unsafe.Add(ref b, d);
            squared += difference * difference;
        }

        return squared <= limit;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Sum(Vector256<double> a, Vector256<double> b, Vector256<double> c, Vector256<double> d)
    {
        var sum = a + b + (c + d);
        return sum[0] + sum[1] + (sum[2] + sum[3]);
    }
}
