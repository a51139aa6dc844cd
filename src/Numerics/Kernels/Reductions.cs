using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Goldilocks.Numerics;

/// <summary>Sums and row-wise operations with a fixed order: sixteen running sums folded in halves, at every vector width.</summary>
public static unsafe class Reductions
{
    /// <summary>Floats in a vector of the row-wise maximum.</summary>
    private const int Eight = 8;

    /// <summary>Σ x over <paramref name="count"/> values (padding is zero and does not count).</summary>
    public static float Sum(float* x, long count, InstructionSet set)
    {
        var sums = stackalloc float[Layout.Lanes];
        SumRows(x, checked((int)(count / Layout.Lanes)), Layout.Lanes, Layout.Lanes, sums, accumulate: false, set);
        return Fold(sums);
    }

    /// <summary>The sum of sixteen running sums, folded in halves.</summary>
    internal static float Fold(float* sums)
    {
        var eight = Vector256.Load(sums) + Vector256.Load(sums + 8);
        var four = eight.GetLower() + eight.GetUpper();
        return four[0] + four[2] + (four[1] + four[3]);
    }

    /// <summary>destination[c] = start[c] + Σ_r x[r, c], row by row; start may be null for zero.</summary>
    /// <param name="x">[rows × columns].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">Columns, a multiple of <see cref="Layout.Lanes"/>.</param>
    /// <param name="stride">Floats between rows.</param>
    /// <param name="destination">[columns].</param>
    /// <param name="accumulate">Add to what the destination holds.</param>
    /// <param name="set">Vector width.</param>
    public static void SumRows(float* x, int rows, int columns, int stride, float* destination, bool accumulate, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: SumRows<Simd16>(x, rows, columns, stride, destination, accumulate); break;
            case InstructionSet.Vector256: SumRows<Simd8>(x, rows, columns, stride, destination, accumulate); break;
            case InstructionSet.Vector128: SumRows<Simd4>(x, rows, columns, stride, destination, accumulate); break;
            default: SumRows<Simd1>(x, rows, columns, stride, destination, accumulate); break;
        }
    }

    /// <summary>y = x − max x − ln Σ e^(x − max x) along each row; padding becomes zero.</summary>
    /// <param name="x">[rows × columns].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns.</param>
    /// <param name="stride">Floats between rows of both.</param>
    /// <param name="y">[rows × columns]; may be x.</param>
    /// <param name="logarithm">False for the soft-max itself, e^(x − max x)/Σ.</param>
    /// <param name="set">Vector width.</param>
    public static void Softmax(float* x, int rows, int columns, int stride, float* y, bool logarithm, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: Softmax<Simd16>(x, rows, columns, stride, y, logarithm); break;
            case InstructionSet.Vector256: Softmax<Simd8>(x, rows, columns, stride, y, logarithm); break;
            case InstructionSet.Vector128: Softmax<Simd4>(x, rows, columns, stride, y, logarithm); break;
            default: Softmax<Simd1>(x, rows, columns, stride, y, logarithm); break;
        }
    }

    /// <summary>The gradient of <see cref="Softmax(float*, int, int, int, float*, bool, InstructionSet)"/>: with s = soft-max, dx = dy − s·Σdy for its logarithm and dx = s·(dy − Σ s·dy) for s itself; padding becomes zero.</summary>
    /// <param name="y">What the function gave, [rows × columns].</param>
    /// <param name="gradient">dy.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns.</param>
    /// <param name="stride">Floats between rows of all three.</param>
    /// <param name="z">dx.</param>
    /// <param name="logarithm">Whether y is the logarithm.</param>
    /// <param name="set">Vector width.</param>
    public static void SoftmaxGradient(float* y, float* gradient, int rows, int columns, int stride, float* z, bool logarithm, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: SoftmaxGradient<Simd16>(y, gradient, rows, columns, stride, z, logarithm); break;
            case InstructionSet.Vector256: SoftmaxGradient<Simd8>(y, gradient, rows, columns, stride, z, logarithm); break;
            case InstructionSet.Vector128: SoftmaxGradient<Simd4>(y, gradient, rows, columns, stride, z, logarithm); break;
            default: SoftmaxGradient<Simd1>(y, gradient, rows, columns, stride, z, logarithm); break;
        }
    }

    /// <summary>Index of the largest of <paramref name="columns"/> values; the first among equals, as NumPy and ONNX do.</summary>
    public static int ArgMax(float* x, int columns)
    {
        if (columns >= Eight)
        {
            var max = Vector256.Create(Max(x, columns));
            for (var c = 0; c < columns; c += Eight)
            {
                var first = Math.Min(c, columns - Eight);
                var equal = Vector256.Equals(max, Vector256.Load(x + first)).ExtractMostSignificantBits();
                if (equal != 0) return first + BitOperations.TrailingZeroCount(equal);
            }
        }

        // Few values; or none equals the largest, which is not a number.
        var best = 0;
        for (var c = 1; c < columns; c++)
            if (x[c] > x[best]) best = c;
        return best;
    }

    /// <summary>1 in the true columns of a row, 0 in its padding.</summary>
    internal static void MarkColumns(float* inside, int columns, int padded)
    {
        new Span<float>(inside, columns).Fill(1);
        new Span<float>(inside + columns, padded - columns).Clear();
    }

    /// <summary>The largest value; not a number when one of them is none.</summary>
    private static float Max(float* x, int columns)
    {
        if (columns < Eight)
        {
            var largest = x[0];
            for (var c = 1; c < columns; c++) largest = Math.Max(largest, x[c]);
            return largest;
        }

        // The last vector is moved back until it fits.
        var last = columns - Eight;
        var max = Vector256.Load(x + last);
        for (var c = 0; c < last; c += Eight) max = Vector256.Max(max, Vector256.Load(x + c));
        var four = Vector128.Max(max.GetLower(), max.GetUpper());
        var two = Vector128.Max(four, Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1)));
        return Math.Max(two[0], two[1]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void SumRows<V>(float* x, int rows, int columns, int stride, float* destination, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        for (var c = 0; c < columns; c += V.Lanes)
        {
            var sum = accumulate ? V.Load(destination + c) : V.Broadcast(0);
            for (var r = 0; r < rows; r++) sum += V.Load(x + ((long)r * stride) + c);
            sum.Store(destination + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Softmax<V>(float* x, int rows, int columns, int stride, float* y, bool logarithm)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(columns);
        var inside = stackalloc float[padded];
        var exponentials = stackalloc float[padded];
        var sums = stackalloc float[Layout.Lanes];
        MarkColumns(inside, columns, padded);
        for (var r = 0; r < rows; r++)
        {
            var input = x + ((long)r * stride);
            var output = y + ((long)r * stride);
            var max = V.Broadcast(Max(input, columns));
            for (var c = 0; c < padded; c += V.Lanes)
            {
                var shifted = V.Load(input + c) - max;
                shifted.Store(output + c);
                V.WherePositive(V.Load(inside + c), Transcendental.ExpOfNegative(shifted)).Store(exponentials + c);
            }

            SumRows<V>(exponentials, padded / Layout.Lanes, Layout.Lanes, Layout.Lanes, sums, accumulate: false);
            var sum = Fold(sums);
            var divisor = V.Broadcast(sum);
            var log = V.Broadcast((float)Math.Log(sum));
            for (var c = 0; c < padded; c += V.Lanes)
                V.WherePositive(V.Load(inside + c), logarithm ? V.Load(output + c) - log : V.Load(exponentials + c) / divisor).Store(output + c);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SoftmaxGradient<V>(float* y, float* gradient, int rows, int columns, int stride, float* z, bool logarithm)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(columns);
        var inside = stackalloc float[padded];
        MarkColumns(inside, columns, padded);
        for (var r = 0; r < rows; r++)
        {
            var value = y + ((long)r * stride);
            var dy = gradient + ((long)r * stride);
            var output = z + ((long)r * stride);
            var total = 0f;
            for (var c = 0; c < columns; c++) total += logarithm ? dy[c] : value[c] * dy[c];
            var sum = V.Broadcast(total);
            for (var c = 0; c < padded; c += V.Lanes)
            {
                var (s, d) = (V.Load(value + c), V.Load(dy + c));
                V.WherePositive(V.Load(inside + c), logarithm ? d - (Transcendental.ExpOfNegative(s) * sum) : s * (d - sum)).Store(output + c);
            }
        }
    }
}
