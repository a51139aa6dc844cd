using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>Sums and row-wise operations with a fixed order: sixteen running sums folded in halves, at every vector width.</summary>
public static unsafe class Reductions
{
    /// <summary>Σ x over <paramref name="count"/> values (padding is zero and does not count).</summary>
    public static float Sum(float* x, long count, InstructionSet set)
    {
        var sums = stackalloc float[Layout.Lanes];
        new Span<float>(sums, Layout.Lanes).Clear();
        for (long i = 0; i < count; i += Layout.Lanes) Elementwise.Add(sums, x + i, sums, Layout.Lanes, set);
        for (var half = Layout.Lanes / 2; half > 0; half /= 2)
            for (var lane = 0; lane < half; lane++) sums[lane] += sums[lane + half];
        return sums[0];
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
        var padded = Layout.Pad(columns);
        var shifted = stackalloc float[padded];
        var exponentials = stackalloc float[padded];
        for (var r = 0; r < rows; r++)
        {
            var input = x + ((long)r * stride);
            var output = y + ((long)r * stride);
            var max = input[0];
            for (var c = 1; c < columns; c++) max = Math.Max(max, input[c]);
            for (var c = 0; c < columns; c++) shifted[c] = input[c] - max;
            for (var c = columns; c < padded; c++) shifted[c] = 0;
            Elementwise.ExpOfNegative(shifted, exponentials, padded, set);
            for (var c = columns; c < padded; c++) exponentials[c] = 0;
            var sum = Sum(exponentials, padded, set);
            var log = (float)Math.Log(sum);
            for (var c = 0; c < columns; c++) output[c] = logarithm ? shifted[c] - log : exponentials[c] / sum;
            for (var c = columns; c < padded; c++) output[c] = 0;
        }
    }

    /// <summary>Index of the largest of <paramref name="columns"/> values; the first among equals, as NumPy and ONNX do.</summary>
    public static int ArgMax(float* x, int columns)
    {
        var best = 0;
        for (var c = 1; c < columns; c++)
            if (x[c] > x[best]) best = c;
        return best;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SumRows<V>(float* x, int rows, int columns, int stride, float* destination, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        for (var c = 0; c < columns; c += V.Lanes)
        {
            var sum = accumulate ? V.Load(destination + c) : V.Broadcast(0);
            for (var r = 0; r < rows; r++) sum += V.Load(x + ((long)r * stride) + c);
            sum.Store(destination + c);
        }
    }
}
