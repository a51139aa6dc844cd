using System.Runtime.CompilerServices;

namespace Goldilocks.Numerics;

/// <summary>
/// Layer normalisation (Ba, Kiros and Hinton, 2016; ONNX LayerNormalization over the last axis): y = (x − μ)/√(σ² + ε)·scale + bias, with
/// the mean μ and the biased variance σ² of each row, found in two passes. Sums along a row are sixteen running sums folded in halves.
/// </summary>
public static unsafe class Normalization
{
    /// <summary>y, and of each row what the gradients need. Padding of y becomes zero.</summary>
    /// <param name="x">[rows × columns], zero in its padding.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns.</param>
    /// <param name="stride">Floats between rows of x and y.</param>
    /// <param name="scale">[columns], padded with zeros.</param>
    /// <param name="bias">[columns], padded with zeros; null for none.</param>
    /// <param name="epsilon">ε, &gt; 0.</param>
    /// <param name="y">[rows × columns].</param>
    /// <param name="mean">μ, [rows].</param>
    /// <param name="inverse">1/√(σ² + ε), [rows].</param>
    /// <param name="set">Vector width.</param>
    public static void Forward(float* x, int rows, int columns, int stride, float* scale, float* bias, float epsilon, float* y, float* mean, float* inverse, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: Forward<Simd16>(x, rows, columns, stride, scale, bias, epsilon, y, mean, inverse); break;
            case InstructionSet.Vector256: Forward<Simd8>(x, rows, columns, stride, scale, bias, epsilon, y, mean, inverse); break;
            case InstructionSet.Vector128: Forward<Simd4>(x, rows, columns, stride, scale, bias, epsilon, y, mean, inverse); break;
            default: Forward<Simd1>(x, rows, columns, stride, scale, bias, epsilon, y, mean, inverse); break;
        }
    }

    /// <summary>dx = (g − mean(g) − n·mean(g·n))·inverse with g = dy·scale and n = (x − μ)·inverse; padding becomes zero.</summary>
    /// <param name="x">What went in, [rows × columns].</param>
    /// <param name="dy">Gradient of y, zero in its padding.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns.</param>
    /// <param name="stride">Floats between rows of x, dy and dx.</param>
    /// <param name="scale">[columns], padded with zeros.</param>
    /// <param name="mean">What <see cref="Forward(float*, int, int, int, float*, float*, float, float*, float*, float*, InstructionSet)"/> found.</param>
    /// <param name="inverse">Likewise.</param>
    /// <param name="dx">[rows × columns]; may be dy.</param>
    /// <param name="set">Vector width.</param>
    public static void Gradient(float* x, float* dy, int rows, int columns, int stride, float* scale, float* mean, float* inverse, float* dx, InstructionSet set)
    {
        switch (set)
        {
            case InstructionSet.Vector512: Gradient<Simd16>(x, dy, rows, columns, stride, scale, mean, inverse, dx); break;
            case InstructionSet.Vector256: Gradient<Simd8>(x, dy, rows, columns, stride, scale, mean, inverse, dx); break;
            case InstructionSet.Vector128: Gradient<Simd4>(x, dy, rows, columns, stride, scale, mean, inverse, dx); break;
            default: Gradient<Simd1>(x, dy, rows, columns, stride, scale, mean, inverse, dx); break;
        }
    }

    /// <summary>dScale = Σ_r dy·(x − μ)·inverse and dBias = Σ_r dy, row by row in order; padding becomes zero.</summary>
    /// <param name="x">What went in, [rows × columns].</param>
    /// <param name="dy">Gradient of y, [rows × columns].</param>
    /// <param name="rows">Rows.</param>
    /// <param name="columns">True columns.</param>
    /// <param name="stride">Floats between rows of x and dy.</param>
    /// <param name="mean">What <see cref="Forward(float*, int, int, int, float*, float*, float, float*, float*, float*, InstructionSet)"/> found.</param>
    /// <param name="inverse">Likewise.</param>
    /// <param name="dScale">[columns], padded; null when not wanted.</param>
    /// <param name="dBias">[columns], padded; null when not wanted.</param>
    /// <param name="accumulate">Add to what the destinations hold.</param>
    /// <param name="set">Vector width.</param>
    public static void ParameterGradient(float* x, float* dy, int rows, int columns, int stride, float* mean, float* inverse, float* dScale, float* dBias, bool accumulate, InstructionSet set)
    {
        if (dBias is not null) Reductions.SumRows(dy, rows, Layout.Pad(columns), stride, dBias, accumulate, set);
        if (dScale is null) return;
        switch (set)
        {
            case InstructionSet.Vector512: ScaleGradient<Simd16>(x, dy, rows, columns, stride, mean, inverse, dScale, accumulate); break;
            case InstructionSet.Vector256: ScaleGradient<Simd8>(x, dy, rows, columns, stride, mean, inverse, dScale, accumulate); break;
            case InstructionSet.Vector128: ScaleGradient<Simd4>(x, dy, rows, columns, stride, mean, inverse, dScale, accumulate); break;
            default: ScaleGradient<Simd1>(x, dy, rows, columns, stride, mean, inverse, dScale, accumulate); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Forward<V>(float* x, int rows, int columns, int stride, float* scale, float* bias, float epsilon, float* y, float* mean, float* inverse)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(columns);
        var room = stackalloc float[padded + (2 * Layout.Lanes)];
        var sums = Layout.Align(room);
        var inside = sums + Layout.Lanes;
        Reductions.MarkColumns(inside, columns, padded);
        for (var r = 0; r < rows; r++)
        {
            var input = x + ((long)r * stride);
            var output = y + ((long)r * stride);
            Reductions.SumRows<V>(input, padded / Layout.Lanes, Layout.Lanes, Layout.Lanes, sums, accumulate: false);
            var average = Reductions.Fold(sums) / columns;
            var center = V.Broadcast(average);
            mean[r] = average;
            for (var lane = 0; lane < Layout.Lanes; lane += V.Lanes)
            {
                var sum = V.Broadcast(0);
                for (var c = lane; c < padded; c += Layout.Lanes)
                {
                    var deviation = V.WherePositive(V.Load(inside + c), V.Load(input + c) - center);
                    deviation.Store(output + c);
                    sum = V.FusedMultiplyAdd(deviation, deviation, sum);
                }

                sum.Store(sums + lane);
            }

            var reciprocal = 1 / MathF.Sqrt((Reductions.Fold(sums) / columns) + epsilon);
            var factor = V.Broadcast(reciprocal);
            inverse[r] = reciprocal;
            for (var c = 0; c < padded; c += V.Lanes)
            {
                var normal = V.Load(output + c) * factor;
                var scaled = V.FusedMultiplyAdd(normal, V.Load(scale + c), bias is null ? V.Broadcast(0) : V.Load(bias + c));
                V.WherePositive(V.Load(inside + c), scaled).Store(output + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Gradient<V>(float* x, float* dy, int rows, int columns, int stride, float* scale, float* mean, float* inverse, float* dx)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(columns);
        var room = stackalloc float[padded + (3 * Layout.Lanes)];
        var sums = Layout.Align(room);
        var products = sums + Layout.Lanes;
        var inside = products + Layout.Lanes;
        Reductions.MarkColumns(inside, columns, padded);
        for (var r = 0; r < rows; r++)
        {
            var input = x + ((long)r * stride);
            var gradient = dy + ((long)r * stride);
            var output = dx + ((long)r * stride);
            var (center, factor) = (V.Broadcast(mean[r]), V.Broadcast(inverse[r]));
            for (var lane = 0; lane < Layout.Lanes; lane += V.Lanes)
            {
                var (sum, product) = (V.Broadcast(0), V.Broadcast(0));
                for (var c = lane; c < padded; c += Layout.Lanes)
                {
                    var g = V.Load(gradient + c) * V.Load(scale + c);
                    sum += g;
                    product = V.FusedMultiplyAdd(g, (V.Load(input + c) - center) * factor, product);
                }

                sum.Store(sums + lane);
                product.Store(products + lane);
            }

            var (meanSum, meanProduct) = (V.Broadcast(Reductions.Fold(sums) / columns), V.Broadcast(Reductions.Fold(products) / columns));
            for (var c = 0; c < padded; c += V.Lanes)
            {
                var g = V.Load(gradient + c) * V.Load(scale + c);
                var normal = (V.Load(input + c) - center) * factor;
                V.WherePositive(V.Load(inside + c), (g - meanSum - (normal * meanProduct)) * factor).Store(output + c);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void ScaleGradient<V>(float* x, float* dy, int rows, int columns, int stride, float* mean, float* inverse, float* dScale, bool accumulate)
        where V : unmanaged, ISimd<V>
    {
        var padded = Layout.Pad(columns);
        if (!accumulate) new Span<float>(dScale, padded).Clear();
        for (var r = 0; r < rows; r++)
        {
            var input = x + ((long)r * stride);
            var gradient = dy + ((long)r * stride);
            var (center, factor) = (V.Broadcast(mean[r]), V.Broadcast(inverse[r]));
            for (var c = 0; c < padded; c += V.Lanes)
                V.FusedMultiplyAdd(V.Load(gradient + c), (V.Load(input + c) - center) * factor, V.Load(dScale + c)).Store(dScale + c);
        }

        new Span<float>(dScale + columns, padded - columns).Clear();
    }
}
