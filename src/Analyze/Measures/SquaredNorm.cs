using System.Runtime.InteropServices;
using Goldilocks.Graph;

namespace Goldilocks.Analyze;

/// <summary>Sums of squares in double precision, in the order of memory.</summary>
internal static class SquaredNorm
{
    /// <param name="tensor">Float16, Float32 or Float64.</param>
    public static double Of(Tensor tensor)
    {
        var sum = 0.0;
        switch (tensor.Type)
        {
            case ElementType.Float32:
                foreach (double value in tensor.AsFloats()) sum += value * value;
                break;
            case ElementType.Float64:
                foreach (var value in MemoryMarshal.Cast<byte, double>(tensor.Data.Span)) sum += value * value;
                break;
            case ElementType.Float16:
                foreach (var value in MemoryMarshal.Cast<byte, Half>(tensor.Data.Span)) sum += (double)value * (double)value;
                break;
            default:
                throw new ArgumentException($"A {tensor.Type} tensor has no norm here.", nameof(tensor));
        }

        return sum;
    }
}
