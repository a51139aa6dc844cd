using System.Numerics;

namespace Goldilocks.Theory;

/// <summary>Vector arithmetic in double precision.</summary>
internal static class DenseVectors
{
    /// <summary>Σ x_i y_i; y may be longer.</summary>
    public static double Dot(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        var sums = Vector<double>.Zero;
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count) sums += new Vector<double>(x[i..]) * new Vector<double>(y[i..]);
        var sum = Vector.Sum(sums);
        for (; i < x.Length; i++) sum += x[i] * y[i];
        return sum;
    }

    /// <summary>y += factor · x; y may be longer.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<double> x, Span<double> y)
    {
        var factors = new Vector<double>(factor);
        var i = 0;
        for (; i <= x.Length - Vector<double>.Count; i += Vector<double>.Count)
            ((factors * new Vector<double>(x[i..])) + new Vector<double>(y[i..])).CopyTo(y[i..]);
        for (; i < x.Length; i++) y[i] += factor * x[i];
    }

    /// <summary>y += factor · x; y may be longer.</summary>
    public static void AddScaled(double factor, ReadOnlySpan<float> x, Span<double> y)
    {
        var factors = new Vector<double>(factor);
        var i = 0;
        for (; i <= x.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Widen(new Vector<float>(x[i..]), out var low, out var high);
            var first = y[i..];
            var second = y[(i + Vector<double>.Count)..];
            ((factors * low) + new Vector<double>(first)).CopyTo(first);
            ((factors * high) + new Vector<double>(second)).CopyTo(second);
        }

        for (; i < x.Length; i++) y[i] += factor * x[i];
    }
}
